package io.twinspan.registry.config;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a node listens, and under which addresses others reach it: not the same behind a load balancer, in a container or
 * behind NAT.
 *
 * @param bindHost address to listen on
 * @param advertisedHost host that others are told
 * @param offset added to every port that is not set by itself
 * @param numbers ports set by themselves
 * @param advertised addresses that others are told in place of {@code advertisedHost} and the port
 */
public record NodePorts(
        String bindHost,
        String advertisedHost,
        int offset,
        Map<NodePort, Integer> numbers,
        Map<NodePort, Endpoint> advertised) {
    /** Copies the maps; refuses ports out of range and two that are the same. */
    public NodePorts {
        numbers = Map.copyOf(numbers);
        advertised = Map.copyOf(advertised);
        Map<Integer, NodePort> taken = new HashMap<>();
        for (NodePort port : NodePort.values()) {
            int number = numbers.getOrDefault(port, port.defaultNumber() + offset);
            if (number < 1 || number > 65535) {
                throw new IllegalArgumentException(
                        "port " + port.configName() + " would be " + number + ", which is not between 1 and 65535");
            }
            NodePort other = taken.put(number, port);
            if (other != null) {
                throw new IllegalArgumentException(
                        "ports " + other.configName() + " and " + port.configName() + " are both " + number);
            }
        }
    }

    /** The number this node listens on. */
    public int number(NodePort port) {
        return numbers.getOrDefault(port, port.defaultNumber() + offset);
    }

    /** Where this node listens. */
    public Endpoint bound(NodePort port) {
        return new Endpoint(bindHost, number(port));
    }

    /** Where others reach it. */
    public Endpoint advertised(NodePort port) {
        Endpoint own = advertised.get(port);
        return own != null ? own : new Endpoint(advertisedHost, number(port));
    }

    /** Advertised addresses of all ports of a role. */
    public Map<NodePort, Endpoint> advertised(NodeRole role) {
        return Stream.of(NodePort.values())
                .filter(port -> port.role() == role)
                .collect(Collectors.toMap(port -> port, this::advertised));
    }

    /** The same port on another host of this datacenter. */
    public Endpoint onPeerHost(String host, NodePort port) {
        return new Endpoint(host, number(port));
    }
}
