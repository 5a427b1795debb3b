package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import java.util.List;
import java.util.Optional;

/** How operators name a node: by its id, the beginning of it, or its address. */
final class NodeNames {
    private static final int SHORTEST_BEGINNING = 4;

    private NodeNames() {}

    /**
     * The member meant.
     *
     * @throws IllegalArgumentException when several could be meant
     */
    static Optional<NodeId> find(MetaState state, String name) {
        List<NodeId> found = state.sortedMembers().stream()
                .filter(member -> isNamed(member, name))
                .map(Member::node)
                .distinct()
                .toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("'" + name + "' could be any of " + found + "; give more of the id");
        }
        return found.stream().findFirst();
    }

    /** Where a data node answers sessions, or what else is known of it. */
    static String address(Member member) {
        Endpoint endpoint = member.endpoints().get(NodePort.DATA_FOR_SESSION);
        return endpoint == null ? "" : endpoint.toString();
    }

    private static boolean isNamed(Member member, String name) {
        String id = member.node().value();
        return id.equals(name)
                || (name.length() >= SHORTEST_BEGINNING && id.startsWith(name))
                || member.endpoints().values().stream()
                        .anyMatch(endpoint -> endpoint.host().equals(name)
                                || endpoint.toString().equals(name));
    }
}
