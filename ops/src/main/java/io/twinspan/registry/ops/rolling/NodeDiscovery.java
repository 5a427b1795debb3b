package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.client.RoleNodes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the processes of a datacenter: metas name the addresses of each role, and each process says there who it is. */
final class NodeDiscovery {
    /**
     * What was found.
     *
     * @param problems nodes that meta lists and that do not answer
     */
    record Found(List<RollingNode> nodes, List<String> problems) {}

    private final Endpoint meta;
    private final Map<String, String> names;

    /** @param names what nodes are to be called, by host or {@code host:port} of one of their HTTP ports */
    NodeDiscovery(Endpoint meta, Map<String, String> names) {
        this.meta = meta;
        this.names = Map.copyOf(names);
    }

    /**
     * All nodes that meta lists.
     *
     * @throws io.twinspan.registry.ops.client.UnreachableException when meta does not answer
     * @throws IllegalArgumentException when a name is given for something that is not there
     */
    Found find() {
        Map<String, Map<NodeRole, Endpoint>> byId = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (NodeRole role : NodeRole.values()) {
            for (RoleNodes.Answer answer : new RoleNodes(meta, role, 0).get("/digest/links")) {
                String id = answer.body().path("node").asString("");
                if (id.isEmpty()) {
                    problems.add(
                            answer.node() + " (" + role.name().toLowerCase(Locale.ROOT) + "): " + answer.problem());
                } else {
                    byId.computeIfAbsent(id, added -> new EnumMap<>(NodeRole.class))
                            .put(role, answer.node());
                }
            }
        }
        return new Found(named(byId), problems);
    }

    /** A node is called by its host, or where several processes share that, by host and HTTP port, unless it was given a name. */
    List<RollingNode> named(Map<String, Map<NodeRole, Endpoint>> byId) {
        List<RollingNode> nodes = new ArrayList<>();
        List<String> unused = new ArrayList<>(names.keySet());
        byId.forEach((id, http) -> {
            Endpoint first = http.values().iterator().next();
            boolean isAlone = byId.values().stream()
                            .filter(other ->
                                    other.values().iterator().next().host().equals(first.host()))
                            .count()
                    == 1;
            String name = isAlone ? first.host() : first.toString();
            for (Endpoint endpoint : http.values()) {
                for (String key :
                        isAlone ? List.of(endpoint.toString(), endpoint.host()) : List.of(endpoint.toString())) {
                    unused.remove(key);
                    name = names.getOrDefault(key, name);
                }
            }
            nodes.add(new RollingNode(name, id, http));
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("--name " + unused + ": there is no such node; there are "
                    + nodes.stream().map(RollingNode::described).toList());
        }
        if (nodes.stream().map(RollingNode::name).distinct().count() != nodes.size()) {
            throw new IllegalArgumentException("--name: two nodes would be called the same: "
                    + nodes.stream().map(RollingNode::described).toList());
        }
        return nodes;
    }
}
