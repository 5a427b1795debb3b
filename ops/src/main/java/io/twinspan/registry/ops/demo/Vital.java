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
 * @param process kafka, east or west
 * @param name the role, or {@code port}
 * @param isHttp asked at {@code /health/check}; otherwise a connection suffices
 */
record Vital(String process, String name, Endpoint endpoint, boolean isHttp) {
    private static final List<NodePort> HTTP_PORTS =
            List.of(NodePort.META_HTTP, NodePort.DATA_HTTP, NodePort.SESSION_HTTP);

    static List<Vital> ofBroker() {
        return List.of(new Vital(DemoHome.KAFKA, "port", Site.KAFKA, false));
    }

    static List<Vital> of(Site site) {
        return HTTP_PORTS.stream()
                .map(port -> new Vital(site.name(), nameOf(port.role()), site.endpoint(port), true))
                .toList();
    }

    static List<Vital> ofDemo() {
        return Stream.concat(ofBroker().stream(), Site.ALL.stream().flatMap(site -> of(site).stream()))
                .toList();
    }

    Health probe(HealthProbe probe) {
        return isHttp ? probe.ofHttp(endpoint) : probe.ofTcp(endpoint);
    }

    private static String nameOf(NodeRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
