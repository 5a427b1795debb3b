package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The leader's side of replication: one link to each node that follows a slot led here. */
final class Replication {
    private final NodeId self;
    private final HybridClock clock;
    private final ReplicaLink.Ports ports;
    private final Map<NodeId, ReplicaLink> links = new TreeMap<>();

    Replication(NodeId self, HybridClock clock, ReplicaLink.Ports ports) {
        this.self = self;
        this.clock = clock;
        this.ports = ports;
    }

    /** Follows what is led here and who is there. */
    void follow(Collection<LedSlot> led, SlotTable table, ClusterState cluster) {
        Map<NodeId, Set<SlotId>> followed = new TreeMap<>();
        for (LedSlot slot : led) {
            for (NodeId node : slot.others()) {
                followed.computeIfAbsent(node, ignored -> new HashSet<>()).add(slot.id());
                links.computeIfAbsent(node, ignored -> new ReplicaLink(node, ports))
                        .follow(slot, clock.next().value());
            }
        }
        links.forEach((node, link) -> {
            link.retain(followed.getOrDefault(node, Set.of()));
            link.reachAt(endpoint(cluster, node), table.epoch());
            link.pumpSoon();
        });
        links.values().removeIf(ReplicaLink::isIdle);
    }

    void onChange(DatumWrite write) {
        links.values().forEach(link -> link.onChange(write));
    }

    /** True when somebody follows this slot. */
    boolean isFollowed(SlotId slot) {
        return links.values().stream().anyMatch(link -> link.find(slot).isPresent());
    }

    void onTick() {
        links.values().forEach(ReplicaLink::pumpSoon);
    }

    /** How the slots led here are, for meta. */
    List<SlotReport> reports(Collection<LedSlot> led, long nowNanos) {
        List<SlotReport> reports = new ArrayList<>(led.size());
        for (LedSlot slot : led) {
            List<SlotReport.Follower> followers = new ArrayList<>(slot.others().size());
            slot.others().forEach(node -> followers.add(report(node, slot.id(), nowNanos)));
            reports.add(new SlotReport(slot.id(), slot.epoch(), slot.state() == SlotState.SETTLED, followers));
        }
        return reports;
    }

    private SlotReport.Follower report(NodeId node, SlotId slot, long nowNanos) {
        ReplicaLink link = links.get(node);
        FollowerProgress progress = link == null
                ? null
                : link.find(slot).map(ReplicaLink.Following::progress).orElse(null);
        return progress == null
                ? new SlotReport.Follower(node, false, 0)
                : new SlotReport.Follower(node, progress.isCurrent(nowNanos), progress.lag());
    }

    private Optional<Endpoint> endpoint(ClusterState cluster, NodeId node) {
        return node.equals(self)
                ? Optional.empty()
                : cluster.find(node, NodeRole.DATA)
                        .flatMap(
                                member -> Optional.ofNullable(member.endpoints().get(NodePort.DATA_FOR_DATA)));
    }
}
