package io.twinspan.registry.node;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.federation.FederationJson;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.metrics.ListeningPorts;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.node.metrics.NodeMeters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** One node: the enabled roles in the order in which they need each other, meta before data before session. */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /** The answer of {@code /digest/links}. */
    private record LinksAnswer(String node, List<LinkCount> links) {}

    private final Foundation foundation;
    private final Set<NodeRole> roles;
    private final List<RolePart> parts;
    private final NodeMeters meters;

    private Node(Foundation foundation, Set<NodeRole> roles, List<RolePart> parts) {
        this.foundation = foundation;
        this.roles = roles;
        this.parts = parts;
        List<MeterSource> sources = new ArrayList<>();
        parts.forEach(part -> sources.addAll(part.meters()));
        sources.add(new LinkMeters(foundation.links()::counts));
        sources.add(new PortMeters(opened(), ListeningPorts.ofLinux()::among, foundation::failedCalls));
        sources.add(new FederationMeters(foundation.federation()::current));
        this.meters = new NodeMeters(
                foundation.topology().local().name(), foundation.folder("").normalize(), sources);
    }

    /**
     * Puts a node together; opens its store, and no port.
     *
     * @throws IllegalArgumentException naming the key when the configuration cannot be right
     */
    static Node assemble(NodeProperties properties) {
        Set<NodeRole> roles = properties.nodeRoles();
        Foundation foundation = new Foundation(properties);
        List<RolePart> parts = new ArrayList<>();
        if (roles.contains(NodeRole.META)) {
            parts.add(new MetaPart(foundation, properties));
        }
        if (roles.contains(NodeRole.DATA)) {
            parts.add(new DataPart(
                    foundation,
                    properties.data(),
                    properties.kafkaTopics().settings(),
                    properties.sync().limits()));
        }
        if (roles.contains(NodeRole.SESSION)) {
            parts.add(new SessionPart(foundation, properties));
        }
        if (properties.isResolver()) {
            parts.add(new ResolverPart(foundation, properties));
        }
        return new Node(foundation, roles, parts);
    }

    /** Where HTTP is to listen. */
    List<Endpoint> httpEndpoints() {
        return opened().keySet().stream()
                .filter(NodePort::isHttp)
                .map(foundation.ports()::bound)
                .toList();
    }

    /** The ports that are open while the node runs, with their numbers. */
    private Map<NodePort, Integer> opened() {
        Map<NodePort, Integer> opened = new EnumMap<>(NodePort.class);
        for (NodePort port : NodePort.values()) {
            if (roles.contains(port.role()) || isResolver(port)) {
                opened.put(port, foundation.ports().number(port));
            }
        }
        return opened;
    }

    /** A node that only resolves has no role, and answers on the port of a session. */
    private boolean isResolver(NodePort port) {
        return roles.isEmpty() && port == NodePort.SESSION_HTTP;
    }

    /** The paths of all enabled roles, and on each port those of the node itself. */
    List<RoleRoutes> routes() {
        RouterFunction<ServerResponse> ofNode = RouterFunctions.route()
                .GET(
                        "/metrics",
                        request -> ServerResponse.ok()
                                .header(HttpHeaders.CONTENT_TYPE, NodeMeters.MEDIA_TYPE)
                                .body(meters.scrape()))
                .GET(
                        "/digest/links",
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(new LinksAnswer(
                                        foundation.id().value(),
                                        foundation.links().counts())))
                .GET(
                        FederationJson.STATUS_PATH,
                        request -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .body(FederationJson.write(
                                                foundation.federation().current())
                                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        return parts.stream()
                .map(RolePart::routes)
                .map(role -> new RoleRoutes(role.port(), role.routes().and(ofNode)))
                .toList();
    }

    /** Starts the roles. */
    void start() {
        parts.forEach(RolePart::start);
        foundation.links().start();
        LOG.info(
                "node started: id={} datacenter={} roles={} clients={} open to everybody who reaches these ports: {}",
                foundation.id(),
                foundation.topology().local(),
                roles,
                roles.contains(NodeRole.SESSION) ? foundation.ports().bound(NodePort.SESSION_CLIENT) : "none",
                httpEndpoints());
    }

    /** Stops the roles, the last started first. */
    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
        meters.close();
        foundation.close();
    }
}
