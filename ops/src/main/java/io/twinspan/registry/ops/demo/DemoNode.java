package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One process of a datacenter of the demo.
 *
 * @param name of the process and of its folders
 * @param host loopback address it listens on
 * @param portOffset added to the default number of every port
 */
record DemoNode(String name, Set<NodeRole> roles, String host, int portOffset) {
    DemoNode {
        roles = Set.copyOf(roles);
    }

    /** Where a port of this node listens. */
    Endpoint endpoint(NodePort port) {
        return new Endpoint(host, port.defaultNumber() + portOffset);
    }

    /** The ports it opens, those of its roles. */
    List<NodePort> ports() {
        return Stream.of(NodePort.values())
                .filter(port -> roles.contains(port.role()))
                .toList();
    }

    boolean isA(NodeRole role) {
        return roles.contains(role);
    }

    /** For configuration files and for people: {@code meta, data, session}. */
    String roleNames() {
        return Stream.of(NodeRole.values())
                .filter(roles::contains)
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
