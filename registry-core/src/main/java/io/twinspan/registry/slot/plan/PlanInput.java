package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Map;

/**
 * What a plan is made from, beside the table.
 *
 * @param members the data nodes that are members
 * @param standings last words about each slot, of every node that says it leads it; absent where nobody has
 */
public record PlanInput(
        Map<NodeId, Presence> members,
        Map<SlotId, List<SlotStanding>> standings,
        SlotWishes wishes,
        PlanLimits limits) {
    /** Copies what is given. */
    public PlanInput {
        members = Map.copyOf(members);
        standings = Map.copyOf(standings);
    }
}
