package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** M3: within an incarnation the slot table's epoch never goes back, at whoever holds one, as long as it lives. */
final class EpochsNeverGoBack implements Invariant<Told> {
    private record Holder(String node, NodeRole role, long life) {}

    private final Map<Holder, SlotTableEpoch> epochs = new HashMap<>();

    @Override
    public List<String> violations(Told told) {
        Holder holder = new Holder(told.node().name(), told.role(), told.life());
        SlotTableEpoch now = told.state().table().epoch();
        SlotTableEpoch before = epochs.put(holder, now);
        return before != null && before.incarnation().equals(now.incarnation()) && before.isAfter(now)
                ? List.of("M3 " + holder + " goes back from epoch " + before.number() + " to " + now.number())
                : List.of();
    }
}
