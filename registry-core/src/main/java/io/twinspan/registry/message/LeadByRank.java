package io.twinspan.registry.message;

import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Set;

/**
 * Session to a replica of slots whose leader it cannot reach, or that says itself that it does not lead them, while meta gives no
 * newer table: lead them, under your rank.
 *
 * @param incarnation of the table that the session goes by
 * @param refused those of the slots that their leader, asked, has said for a while that it does not lead
 */
public record LeadByRank(Incarnation incarnation, List<Ranked> slots, Set<SlotId> refused)
        implements Request<LedByRank> {
    /** A slot and the epoch that the table gives it; in the answer, the one under which it is led. */
    public record Ranked(SlotId slot, LeaderEpoch epoch) {}

    /** Copies the slots. */
    public LeadByRank {
        slots = List.copyOf(slots);
        refused = Set.copyOf(refused);
    }
}
