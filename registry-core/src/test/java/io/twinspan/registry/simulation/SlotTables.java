package io.twinspan.registry.simulation;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.plan.PlanInput;
import io.twinspan.registry.slot.plan.PlanLimits;
import io.twinspan.registry.slot.plan.Presence;
import io.twinspan.registry.slot.plan.SlotPlanner;
import io.twinspan.registry.slot.plan.SlotWishes;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tables for tests of those who only read them. */
public final class SlotTables {
    private SlotTables() {}

    /** The table after {@code before} in which these nodes lead, evenly, and nobody follows. */
    public static SlotTable ledBy(SlotTable before, Incarnation incarnation, Collection<NodeId> nodes) {
        Map<NodeId, Presence> members =
                nodes.stream().collect(Collectors.toMap(Function.identity(), node -> Presence.HEARD));
        return SlotPlanner.plan(
                before,
                incarnation,
                new PlanInput(members, Map.of(), Set.of(), SlotWishes.NONE, new PlanLimits(1, 1, 1)));
    }
}
