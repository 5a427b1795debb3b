package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Optional;

/**
 * What comparing one peer's digest with what is known of it here has found.
 *
 * @param problem why it could not be compared; empty when it could
 * @param slots one verdict for each slot; none when it could not be compared
 * @param differences datums that differ, the first {@link #MOST_NAMED}
 */
public record Verification(
        DatacenterId peer, boolean isDeep, String problem, List<OfSlot> slots, List<Difference> differences) {
    /** Most datums named. */
    public static final int MOST_NAMED = 1_000;

    /** What is said of a slot. */
    public enum Verdict {
        /** Both sides come to the same at the same place. */
        AGREE,
        /** They do not. */
        DIFFER,
        /** No place is known at which both can be compared; it will be soon, or the peer does not announce the slot. */
        NOT_COMPARABLE_YET
    }

    /**
     * One slot.
     *
     * @param here what it comes to here; empty while nothing is known of it
     * @param there what it comes to at the peer; empty when the peer did not say
     */
    public record OfSlot(SlotId slot, Verdict verdict, Optional<SlotRoot> here, Optional<SlotRoot> there) {}

    /** Where a difference was found. */
    public enum Place {
        /** Between what the peer announces and what is known of it here. */
        ANNOUNCED,
        /** Between what the peer's leader really holds and what is known of it here. */
        THERE,
        /** Between what is known here and what is held here of the peer: other content, or an older version though it is wanted. */
        HELD
    }

    /**
     * One datum.
     *
     * @param known as it is known here; empty when it is not named
     * @param found as it was found; empty when it was not
     */
    public record Difference(DataInfoId id, Place place, Optional<DigestEntry> known, Optional<DigestEntry> found) {}

    /** Copies the lists. */
    public Verification {
        slots = List.copyOf(slots);
        differences = List.copyOf(differences);
    }

    /** How many slots have this verdict. */
    public long count(Verdict verdict) {
        return slots.stream().filter(each -> each.verdict() == verdict).count();
    }

    /** True when every slot could be compared and agrees, and nothing else was found. */
    public boolean isAgreed() {
        return problem.isEmpty() && differences.isEmpty() && count(Verdict.AGREE) == SlotId.COUNT;
    }
}
