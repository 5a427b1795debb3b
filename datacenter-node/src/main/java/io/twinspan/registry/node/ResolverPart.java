package io.twinspan.registry.node;

import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.node.resolver.AloneResolver;
import io.twinspan.registry.node.resolver.NodeResolver;
import io.twinspan.registry.node.resolver.PolledDuty;
import io.twinspan.registry.node.resolver.ServerListRoutes;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A resolver by itself: no member of its datacenter, it only asks; its HTTP port is the number of a session's. */
final class ResolverPart implements RolePart {
    private final Foundation foundation;
    private final Place here;
    private final PolledDuty duty;
    private final AloneResolver alone;

    ResolverPart(Foundation foundation, NodeProperties properties) {
        this.foundation = foundation;
        this.here =
                new Place(foundation.topology().local(), properties.session().zone(), "");
        EventLoop loop = foundation.loop("resolver");
        // It speaks as a session would: whoever is asked tells every caller the same.
        PeerClient peers = foundation.peers(NodeRole.SESSION);
        this.duty = new PolledDuty(foundation.metas(NodePort.META_HTTP), loop, foundation.folder("resolver-duty.json"));
        this.alone = new AloneResolver(
                new AloneResolver.OwnMetas(
                        foundation.metas(NodePort.META_FOR_SESSION), foundation.metas(NodePort.META_HTTP)),
                here.datacenter(),
                new AloneResolver.Shell(loop, peers),
                services -> new NodeResolver.Ports(
                        loop, here, peers, duty, services, foundation.peerMetas(), foundation.folder("vips.json")),
                properties.resolverSettings());
    }

    @Override
    public void start() {
        duty.start();
        alone.start();
    }

    @Override
    public RoleRoutes routes() {
        RouterFunction<ServerResponse> health = RouterFunctions.route()
                .GET(
                        "/health/check",
                        request -> ServerResponse.ok().body(Map.of("success", true, "message", "resolver")))
                .build();
        return new RoleRoutes(
                foundation.ports().number(NodePort.SESSION_HTTP),
                health.and(alone.node().routes().routes())
                        .and(new ServerListRoutes(
                                        alone.node().resolver(),
                                        here,
                                        Optional::empty,
                                        ServerListRoutes.Elsewhere.NOWHERE)
                                .routes()));
    }

    @Override
    public List<MeterSource> meters() {
        return List.of(alone.node());
    }

    @Override
    public void close() {
        duty.close();
        alone.close();
    }
}
