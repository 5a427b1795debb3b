package io.twinspan.registry.datacenter;

import java.util.Map;

/**
 * One role of one node as the others know it.
 *
 * @param endpoints advertised address of each port of the role
 * @param incarnation stamp of the process start; a restarted process has a higher one
 */
public record Member(
        NodeId node, DatacenterId datacenter, NodeRole role, Map<NodePort, Endpoint> endpoints, long incarnation) {
    /** Copies the addresses and refuses a port of another role. */
    public Member {
        endpoints = Map.copyOf(endpoints);
        for (NodePort port : endpoints.keySet()) {
            if (port.role() != role) {
                throw new IllegalArgumentException(
                        "node " + node + " as " + role + " names port " + port + " of another role");
            }
        }
    }

    /**
     * Advertised address of a port.
     *
     * @throws IllegalArgumentException when this member does not advertise it
     */
    public Endpoint endpoint(NodePort port) {
        Endpoint endpoint = endpoints.get(port);
        if (endpoint == null) {
            throw new IllegalArgumentException("node " + node + " as " + role + " advertises no " + port.configName());
        }
        return endpoint;
    }
}
