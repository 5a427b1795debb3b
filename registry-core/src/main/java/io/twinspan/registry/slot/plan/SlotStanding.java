package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.LeaderEpoch;
import java.util.Set;

/**
 * How a slot is, by the last word of one node that leads it.
 *
 * @param leader who says so
 * @param epoch under which it leads
 * @param current followers that have everything it has
 */
public record SlotStanding(NodeId leader, LeaderEpoch epoch, boolean isSettled, Set<NodeId> current) {
    /** Copies the followers. */
    public SlotStanding {
        current = Set.copyOf(current);
    }
}
