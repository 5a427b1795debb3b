package io.twinspan.registry.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration keys a migration from the classic server starts with, read as ours: {@code nodes.localDataCenter} and
 * {@code nodes.metaNode=<datacenter>:<ip1>,<ip2>}. Pure.
 */
final class ClassicKeys {
    static final String LOCAL_DATACENTER = "nodes.localDataCenter";
    static final String META_NODE = "nodes.metaNode";

    private ClassicKeys() {}

    /**
     * Our keys with the values of the classic ones.
     *
     * @throws IllegalArgumentException when {@code nodes.metaNode} does not name the local datacenter
     */
    static Map<String, Object> translate(@Nullable String localDatacenter, @Nullable String metaNode) {
        Map<String, Object> ours = new LinkedHashMap<>();
        if (localDatacenter != null) {
            ours.put("twinspan.datacenter", localDatacenter);
        }
        if (metaNode != null) {
            Map<String, List<String>> byDatacenter = new LinkedHashMap<>();
            for (String group : metaNode.split(";")) {
                int colon = group.indexOf(':');
                if (colon < 1 || colon == group.length() - 1) {
                    throw new IllegalArgumentException(META_NODE + ": '" + group + "' is not DATACENTER:IP[,IP]");
                }
                byDatacenter.put(
                        group.substring(0, colon),
                        List.of(group.substring(colon + 1).split(",")));
            }
            List<String> hosts = localDatacenter == null && byDatacenter.size() == 1
                    ? byDatacenter.values().iterator().next()
                    : byDatacenter.get(localDatacenter == null ? "" : localDatacenter);
            if (hosts == null) {
                throw new IllegalArgumentException(
                        META_NODE + ": there are no metas of datacenter '" + localDatacenter + "' in '" + metaNode
                                + "'; " + LOCAL_DATACENTER + " must name one of " + byDatacenter.keySet());
            }
            if (localDatacenter == null) {
                ours.put("twinspan.datacenter", byDatacenter.keySet().iterator().next());
            }
            for (int i = 0; i < hosts.size(); i++) {
                ours.put("twinspan.meta[" + i + "]", hosts.get(i));
            }
        }
        return ours;
    }
}
