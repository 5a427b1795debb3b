package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * D6, some time after the faults: every replica of a slot, its leader first, has saved exactly what the sessions' clients offer of
 * each service, and all of them under the same version.
 */
final class ReplicasAgree implements Invariant<SimulatedWorld> {
    private final OnlyTheNewestLeads tables;

    ReplicasAgree(OnlyTheNewestLeads tables) {
        this.tables = tables;
    }

    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        for (DatacenterId datacenter : world.datacenters()) {
            world.coverage().checkedAfter("D6");
            Map<DataInfoId, TreeSet<String>> offered = offered(world, datacenter);
            Map<DataInfoId, Datum> first = new HashMap<>();
            for (SimulatedNode node : world.nodes(datacenter)) {
                if (node.has(NodeRole.DATA)) {
                    Map<DataInfoId, Datum> held = held(node);
                    offered.forEach((service, addresses) -> {
                        if (isReplica(node, service)) {
                            compare(node, service, addresses, held.get(service), found);
                            compare(node, held.get(service), first, found);
                        }
                    });
                }
            }
        }
        return found;
    }

    private boolean isReplica(SimulatedNode node, DataInfoId service) {
        return tables.tableOf(node)
                .find(SlotId.of(service))
                .filter(slot ->
                        slot.replicas().stream().anyMatch(each -> each.value().equals(node.name())))
                .isPresent();
    }

    private static void compare(
            SimulatedNode node, DataInfoId service, TreeSet<String> offered, @Nullable Datum held, List<String> found) {
        TreeSet<String> saved = new TreeSet<>();
        if (held != null) {
            held.publishers().stream().map(Publisher::addresses).forEach(saved::addAll);
        }
        if (!saved.equals(offered)) {
            found.add("D6 " + node.name() + " has saved " + saved + " of " + service.dataId() + ", offered are "
                    + offered);
        }
    }

    private static void compare(
            SimulatedNode node, @Nullable Datum held, Map<DataInfoId, Datum> first, List<String> found) {
        if (held == null) {
            return;
        }
        Datum other = first.putIfAbsent(held.id(), held);
        if (other != null && !other.version().equals(held.version())) {
            found.add("D6 " + node.name() + " has " + held.id().dataId() + " under " + held.version()
                    + ", another replica under " + other.version());
        }
    }

    private static Map<DataInfoId, TreeSet<String>> offered(SimulatedWorld world, DatacenterId datacenter) {
        Map<DataInfoId, TreeSet<String>> offered = new HashMap<>();
        for (Publication each : world.publications()) {
            if (each.client().hasVisited(datacenter)) {
                TreeSet<String> addresses = offered.computeIfAbsent(each.service(), service -> new TreeSet<>());
                if (each.isWanted() && each.client().datacenter().equals(datacenter)) {
                    addresses.add(each.address());
                }
            }
        }
        return offered;
    }

    private static Map<DataInfoId, Datum> held(SimulatedNode node) {
        Map<DataInfoId, Datum> held = new HashMap<>();
        for (Datum datum : node.onDisk()) {
            if (datum.datacenter().equals(node.datacenter())) {
                held.put(datum.id(), datum);
            }
        }
        return held;
    }
}
