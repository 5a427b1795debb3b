package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.SyncInspection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** D6 between datacenters, some time after the faults: every data node knows of every slot of every peer what its leader says now. */
final class MirrorsAgree implements Invariant<SimulatedWorld> {
    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        for (SimulatedNode node : world.allNodes()) {
            CrossDatacenterSync sync = node.sync();
            if (sync != null) {
                for (DatacenterId peer : world.peersOf(node.datacenter())) {
                    world.coverage().checkedAfter("D6");
                    compare(world, node, sync, peer, found);
                }
            }
        }
        return found;
    }

    private static void compare(
            SimulatedWorld world, SimulatedNode node, CrossDatacenterSync sync, DatacenterId peer, List<String> found) {
        Map<SlotId, SlotRoot> said = new HashMap<>();
        for (SimulatedNode leader : PlacesAgree.dataNodes(world, peer)) {
            CrossDatacenterSync there = leader.sync();
            if (there != null) {
                for (SlotId slot : SyncInspection.announced(there)) {
                    SyncInspection.says(there, slot)
                            .ifPresent(root ->
                                    said.merge(slot, root, (a, b) -> b.order().isAfter(a.order()) ? b : a));
                }
            }
        }
        Map<SlotId, SlotRoot> known = new HashMap<>();
        SyncInspection.tableOf(sync, peer).roots().forEach(root -> known.put(root.slot(), root));
        List<SlotId> wrong = said.entrySet().stream()
                .filter(each -> !isSame(each.getValue(), known.get(each.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            SlotId first = wrong.get(0);
            found.add("D6 " + node.name() + " does not know " + wrong.size() + " slots of " + peer
                    + " as they are, the first of them " + first + ": " + known.get(first) + ", said is "
                    + said.get(first) + ", pulls "
                    + SyncInspection.tableOf(sync, peer).facts(world.time().nanos(), id -> true));
        }
    }

    private static boolean isSame(SlotRoot said, @org.jspecify.annotations.Nullable SlotRoot known) {
        return known != null && known.order().equals(said.order()) && known.isSameContent(said);
    }
}
