package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.slot.SlotTable;
import java.util.List;
import java.util.Optional;

/**
 * One datacenter as its meta sees it.
 *
 * @param membersRevision as in {@link LeaseGrant}
 * @param members all roles, those with a live lease
 */
public record ClusterState(DatacenterId datacenter, SlotTable table, long membersRevision, List<Member> members) {
    /** Copies the members. */
    public ClusterState {
        members = List.copyOf(members);
    }

    /** Nothing known yet. */
    public static ClusterState unknown(DatacenterId datacenter) {
        return new ClusterState(datacenter, SlotTable.EMPTY, 0, List.of());
    }

    /** The member that a node is in a role. */
    public Optional<Member> find(NodeId node, NodeRole role) {
        return members.stream()
                .filter(m -> m.role() == role && m.node().equals(node))
                .findFirst();
    }

    /** The members of a role, in the order of their ids. */
    public List<Member> inRole(NodeRole role) {
        return members.stream()
                .filter(m -> m.role() == role)
                .sorted((a, b) -> a.node().compareTo(b.node()))
                .toList();
    }
}
