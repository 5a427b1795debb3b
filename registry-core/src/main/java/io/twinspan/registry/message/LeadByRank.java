package io.twinspan.registry.message;

import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * Session to a replica of slots whose leader it cannot reach, while meta gives no newer table: lead them, under your rank.
 *
 * @param incarnation of the table that the session goes by
 */
public record LeadByRank(Incarnation incarnation, List<Ranked> slots) implements Request<LedByRank> {
    /** A slot and the epoch that the table gives it; in the answer, the one under which it is led. */
    public record Ranked(SlotId slot, LeaderEpoch epoch) {}

    /** Copies the slots. */
    public LeadByRank {
        slots = List.copyOf(slots);
    }
}
