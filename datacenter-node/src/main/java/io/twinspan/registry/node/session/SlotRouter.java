package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which data node leads a slot, as the newest table says. Belongs to the session's event loop. */
final class SlotRouter {
    private ClusterState cluster;
    private Map<NodeId, Endpoint> dataNodes = Map.of();

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
    }

    ClusterState cluster() {
        return cluster;
    }

    /** The leader of a slot; empty while there is none that lives. */
    Optional<NodeId> leader(SlotId slot) {
        return cluster.table().find(slot).map(Slot::leader).filter(dataNodes::containsKey);
    }

    Optional<Endpoint> endpoint(NodeId node) {
        return Optional.ofNullable(dataNodes.get(node));
    }

    /** The slots of each data node that leads any. */
    Map<NodeId, List<SlotId>> slotsByLeader() {
        Map<NodeId, List<SlotId>> byLeader = new LinkedHashMap<>();
        for (Slot slot : cluster.table().slots()) {
            if (dataNodes.containsKey(slot.leader())) {
                byLeader.computeIfAbsent(slot.leader(), node -> new ArrayList<>())
                        .add(slot.id());
            }
        }
        return byLeader;
    }
}
