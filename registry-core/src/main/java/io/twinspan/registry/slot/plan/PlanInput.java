package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan is made from, beside the table.
 *
 * @param members the data nodes that are members
 * @param standings last words about each slot, of every node that says it leads it; absent where nobody has
 * @param unled slots that nobody has led for long although their leader is heard
 */
public record PlanInput(
        Map<NodeId, Presence> members,
        Map<SlotId, List<SlotStanding>> standings,
        Set<SlotId> unled,
        SlotWishes wishes,
        PlanLimits limits) {
    /** Copies what is given. */
    public PlanInput {
        members = Map.copyOf(members);
        standings = Map.copyOf(standings);
        unled = Set.copyOf(unled);
    }
}
