package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.SyncInspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * D6 between datacenters, at any time: what a data node knows of a peer's slot is, at that place in the order, what the slot's leader
 * said at that place, whatever became of the records on the way; and nobody is further than the leader.
 */
final class PlacesAgree implements Invariant<SimulatedWorld> {
    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        for (SimulatedNode node : world.allNodes()) {
            CrossDatacenterSync sync = node.sync();
            if (sync != null) {
                for (DatacenterId peer : world.peersOf(node.datacenter())) {
                    List<SlotRoot> known = SyncInspection.tableOf(sync, peer).roots();
                    for (SimulatedNode leader : dataNodes(world, peer)) {
                        known.forEach(root -> compare(world, node, leader, root, found));
                    }
                }
            }
        }
        return found;
    }

    private static void compare(
            SimulatedWorld world, SimulatedNode node, SimulatedNode leader, SlotRoot known, List<String> found) {
        CrossDatacenterSync there = leader.sync();
        if (there == null || world.straits().broker(leader.datacenter()).isSpoilt(known.slot())) {
            return;
        }
        Optional<SlotRoot> now = SyncInspection.says(there, known.slot())
                .filter(each -> each.order().isOfSameLeader(known.order()));
        if (now.isEmpty()) {
            return;
        }
        world.coverage().checked("D6");
        if (known.order().isAfter(now.get().order())) {
            found.add("D6 " + what(node, leader, known) + ", its leader is at "
                    + now.get().order());
            return;
        }
        SyncInspection.saidAt(there, known.slot(), known.order())
                .filter(said -> !said.isSameContent(known))
                .ifPresent(said -> found.add("D6 " + what(node, leader, known) + " as " + known.count() + " services, "
                        + leader.name() + " said " + said.count() + " or other ones"));
    }

    private static String what(SimulatedNode node, SimulatedNode leader, SlotRoot known) {
        return node.name() + " knows slot " + known.slot() + " of " + leader.datacenter() + " at " + known.order();
    }

    static List<SimulatedNode> dataNodes(SimulatedWorld world, DatacenterId datacenter) {
        return world.nodes(datacenter).stream()
                .filter(each -> each.has(NodeRole.DATA))
                .toList();
    }
}
