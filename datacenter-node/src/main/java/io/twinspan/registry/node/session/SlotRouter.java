package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which data node leads a slot, as the newest table says. Belongs to the session's event loop. */
final class SlotRouter {
    private ClusterState cluster;
    private Map<NodeId, Endpoint> dataNodes = Map.of();
    private final Map<SlotId, Ranked> ranked = new HashMap<>();

    /** A replica that leads although the table names another. */
    private record Ranked(NodeId node, Leadership leadership) {}

    SlotRouter(ClusterState cluster) {
        this.cluster = cluster;
        onChange(cluster);
    }

    void onChange(ClusterState newer) {
        cluster = newer;
        Map<NodeId, Endpoint> nodes = new LinkedHashMap<>();
        for (Member member : newer.inRole(NodeRole.DATA)) {
            nodes.put(member.node(), member.endpoint(NodePort.DATA_FOR_SESSION));
        }
        dataNodes = nodes;
        ranked.entrySet()
                .removeIf(each -> byTable(each.getKey()).isAfter(each.getValue().leadership())
                        || !nodes.containsKey(each.getValue().node()));
    }

    /** This replica leads the slot now, under what the table gives it or later; false when that is no news. */
    boolean putRanked(SlotId slot, NodeId node, Leadership leadership) {
        if (byTable(slot).isAfter(leadership)
                || leader(slot).filter(node::equals).isPresent()) {
            return false;
        }
        if (cluster.table()
                .find(slot)
                .filter(each -> each.leader().equals(node))
                .isPresent()) {
            ranked.remove(slot);
        } else {
            ranked.put(slot, new Ranked(node, leadership));
        }
        return true;
    }

    /** This node says that it does not lead these; true when one of them was believed to be led by it against the table. */
    boolean dropRanked(NodeId node, Collection<SlotId> slots) {
        return ranked.entrySet().removeIf(each -> each.getValue().node().equals(node) && slots.contains(each.getKey()));
    }

    ClusterState cluster() {
        return cluster;
    }

    /** The leader of a slot; empty while there is none that lives. */
    Optional<NodeId> leader(SlotId slot) {
        Ranked byRank = ranked.get(slot);
        return byRank != null
                ? Optional.of(byRank.node())
                : cluster.table().find(slot).map(Slot::leader).filter(dataNodes::containsKey);
    }

    Optional<Endpoint> endpoint(NodeId node) {
        return Optional.ofNullable(dataNodes.get(node));
    }

    /** The slots of each data node that leads any. */
    Map<NodeId, List<SlotId>> slotsByLeader() {
        Map<NodeId, List<SlotId>> byLeader = new LinkedHashMap<>();
        for (Slot slot : cluster.table().slots()) {
            leader(slot.id())
                    .ifPresent(node -> byLeader.computeIfAbsent(node, ignored -> new ArrayList<>())
                            .add(slot.id()));
        }
        return byLeader;
    }

    private Leadership byTable(SlotId slot) {
        return cluster.table()
                .find(slot)
                .map(each -> new Leadership(cluster.table().epoch().incarnation(), each.epoch()))
                .orElse(Leadership.NONE);
    }
}
