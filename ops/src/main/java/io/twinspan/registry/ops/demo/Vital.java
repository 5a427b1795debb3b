package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One thing that must be well for a process of the demo to count as healthy.
 *
 * @param process kafka, or a node by name
 * @param name the role, or {@code port}
 * @param isHttp asked at {@code /health/check}; otherwise a connection suffices
 */
record Vital(String process, String name, Endpoint endpoint, boolean isHttp) {
    private static final List<NodePort> HTTP_PORTS =
            List.of(NodePort.META_HTTP, NodePort.DATA_HTTP, NodePort.SESSION_HTTP);

    static List<Vital> ofBroker() {
        return List.of(new Vital(DemoHome.KAFKA, "port", Layout.KAFKA, false));
    }

    static List<Vital> of(DemoNode node) {
        return HTTP_PORTS.stream()
                .filter(port -> node.isA(port.role()))
                .map(port -> new Vital(node.name(), nameOf(port.role()), node.endpoint(port), true))
                .toList();
    }

    static List<Vital> of(Layout layout) {
        return Stream.concat(ofBroker().stream(), layout.nodes().stream().flatMap(node -> of(node).stream()))
                .toList();
    }

    Health probe(HealthProbe probe) {
        return isHttp ? probe.ofHttp(endpoint) : probe.ofTcp(endpoint);
    }

    private static String nameOf(NodeRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
