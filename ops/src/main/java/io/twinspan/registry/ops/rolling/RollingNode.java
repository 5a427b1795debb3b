package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One process of a datacenter.
 *
 * @param name what {@code {node}} stands for in the command that restarts it
 * @param id its own, kept on its disk
 * @param http where each of its roles answers HTTP
 */
public record RollingNode(String name, String id, Map<NodeRole, Endpoint> http) {
    /** Refuses a node without a role. */
    public RollingNode {
        if (http.isEmpty()) {
            throw new IllegalArgumentException("node " + name + " has no role");
        }
        http = Collections.unmodifiableMap(new EnumMap<>(http));
    }

    /** True when it has this role. */
    public boolean isA(NodeRole role) {
        return http.containsKey(role);
    }

    /** Where this role answers; one that the node has. */
    Endpoint endpoint(NodeRole role) {
        Endpoint known = http.get(role);
        if (known == null) {
            throw new IllegalArgumentException(described() + " has no role " + role);
        }
        return known;
    }

    /** The role in whose turn it is restarted: the first of its roles in the order meta, data, session. */
    NodeRole turn() {
        return http.keySet().iterator().next();
    }

    /** Where it answers, whatever it is asked. */
    Endpoint address() {
        return http.values().iterator().next();
    }

    /** For people: {@code 10.0.0.1 (meta, data)}. */
    public String described() {
        return name
                + http.keySet().stream()
                        .map(role -> role.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
