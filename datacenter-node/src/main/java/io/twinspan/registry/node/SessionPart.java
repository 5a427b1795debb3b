package io.twinspan.registry.node;

import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.SessionServers;
import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.BoltClientEdge;
import io.twinspan.registry.node.bolt.ClientEdgeSettings;
import io.twinspan.registry.node.http.RoleRoutes;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.node.pushswitch.PushMeters;
import io.twinspan.registry.node.resolver.NodeResolver;
import io.twinspan.registry.node.resolver.PolledDuty;
import io.twinspan.registry.node.resolver.ServerListRoutes;
import io.twinspan.registry.node.session.SessionMeters;
import io.twinspan.registry.node.session.SessionPorts;
import io.twinspan.registry.node.session.SessionRole;
import io.twinspan.registry.node.session.SessionRoutes;
import io.twinspan.registry.node.session.SessionSelf;
import io.twinspan.registry.node.session.SessionSettings;
import io.twinspan.registry.node.session.http.HttpReaders;
import io.twinspan.registry.node.session.http.ServiceRoutes;
import io.twinspan.registry.node.session.http.WatchSettings;
import io.twinspan.registry.node.session.http.WatchedServices;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session role with the port for clients. */
final class SessionPart implements RolePart {
    private static final Logger LOG = LoggerFactory.getLogger(SessionPart.class);

    /** Longer than {@code move.stop-within} may be set to would not help a node that must stop. */
    private static final long LEAVE_SECONDS = 10;

    private final Foundation foundation;
    private final MetaLink link;
    private final SessionSelf self;
    private final SessionRole role;
    private final BoltClientEdge edge;
    private final HttpReaders readers;
    private final WatchedServices services;
    private final NodeResolver resolver;
    private final PolledDuty duty;
    private final Place here;
    private volatile boolean isServing;

    SessionPart(Foundation foundation, NodeProperties properties) {
        this.foundation = foundation;
        NodeProperties.Session session = properties.session();
        Duration staleAfter = properties.data().foreign().staleAfter();
        this.link = foundation.metaLink(NodeRole.SESSION, NodePort.META_FOR_SESSION);
        foundation.links().ofSession(link, foundation.metas(NodePort.META_FOR_SESSION));
        this.self = new SessionSelf(
                foundation.member(NodeRole.SESSION),
                foundation.topology().peers().stream()
                        .map(PeerDatacenter::datacenter)
                        .toList());
        this.role = new SessionRole(
                self,
                settings(session),
                link,
                new SessionPorts(
                        foundation.loop("session"),
                        foundation.clock(),
                        foundation.peers(NodeRole.SESSION),
                        RandomGenerator.getDefault()));
        Endpoint clients = foundation.ports().bound(NodePort.SESSION_CLIENT);
        this.edge = new BoltClientEdge(
                clients.host(), clients.port(), ClientEdgeSettings.standard(), session.proxy(), role);
        WatchSettings watching = WatchSettings.standard().with(session.httpReaders(), staleAfter);
        this.readers = new HttpReaders(readerPorts(foundation.loop("http-readers")), watching);
        EventLoop loop = foundation.loop("resolver");
        this.here = new Place(foundation.topology().local(), session.zone(), "");
        this.services = new WatchedServices(readerPorts(loop), watching);
        this.duty = new PolledDuty(foundation.metas(NodePort.META_HTTP), loop, foundation.folder("resolver-duty.json"));
        this.resolver = NodeResolver.of(
                new NodeResolver.OfSession(self.member(), link, role::draining, foundation.metas(NodePort.META_HTTP)),
                new NodeResolver.Ports(
                        loop,
                        here,
                        foundation.peers(NodeRole.SESSION),
                        duty,
                        services,
                        foundation.peerMetas(),
                        foundation.folder("vips.json")),
                properties.resolverSettings());
        link.onProvided(role::onProvided);
        link.onProvided(resolver.vips()::onProvided);
        foundation.policies().onChange(role::onPolicies);
        role.onPolicies(foundation.policies().current());
        foundation.clientsOff().onChange(role::onClientsOff);
        role.onClientsOff(foundation.clientsOff().current());
        foundation.move().onChange(role::onMove);
        role.onMove(foundation.move().current());
        link.moving(role::moveProgress);
        link.obeying(role::obeyedPushVersion);
        role.awaitPushSwitch();
        foundation.push().onChange(this::onPushSwitch);
        if (foundation.push().isKnown()) {
            onPushSwitch(foundation.push().current());
        }
    }

    @Override
    public void start() {
        foundation.serve(
                role.dispatcher(), NodePort.SESSION_CONSOLE, NodePort.SESSION_FOR_DATA, NodePort.SESSION_FOR_SESSION);
        role.start();
        link.start();
        edge.start();
        readers.start();
        duty.start();
        services.start();
        resolver.start();
        isServing = true;
    }

    @Override
    public RoleRoutes routes() {
        return new RoleRoutes(
                foundation.ports().number(NodePort.SESSION_HTTP),
                new SessionRoutes(role, link, () -> isServing)
                        .routes()
                        .and(new ServiceRoutes(readers).routes())
                        .and(new ServerListRoutes(resolver.resolver(), here, this::known, elsewhere()).routes())
                        .and(resolver.routes().routes()));
    }

    @Override
    public List<MeterSource> meters() {
        return List.of(
                new SessionMeters(role),
                readers,
                resolver,
                new EdgeMeters(edge::counters),
                this::ofNode,
                new ClusterMeters(NodeRole.SESSION, link));
    }

    private HttpReaders.Ports readerPorts(EventLoop loop) {
        return new HttpReaders.Ports(loop, role, foundation.topology().local(), self.peers(), role::agesOf);
    }

    private CompletionStage<List<MeterReading>> ofNode() {
        List<MeterReading> readings = new ArrayList<>();
        boolean isWell = isServing && !link.current().table().slots().isEmpty();
        readings.add(MeterReading.flag("twinspan.healthy", Map.of("role", "session"), isWell));
        long now = foundation.clock().physicalMillis();
        readings.addAll(PushMeters.of("session", foundation.push().current(), now));
        return CompletableFuture.completedFuture(readings);
    }

    @Override
    public void close() {
        isServing = false;
        leave();
        duty.close();
        resolver.close();
        readers.close();
        edge.close();
        link.close();
        role.close();
    }

    private ServerListRoutes.Elsewhere elsewhere() {
        return new ServerListRoutes.Elsewhere() {
            @Override
            public List<Endpoint> servers() {
                return role.serversElsewhere();
            }

            @Override
            public void onTold(String host, String appName) {
                role.onToldElsewhere(host, appName);
            }
        };
    }

    /** What is known before the resolver has looked for the first time. */
    private Optional<SessionServers> known() {
        return Optional.of(SessionServers.of(link.current().members(), self.member(), role.draining()));
    }

    /** Whoever has closed push waits to hear that this session obeys. */
    private void onPushSwitch(PushSwitch value) {
        role.onPushSwitch(value).thenRun(link::onObeyed);
    }

    /** Clients go to other sessions first, where there are any; what they registered is not taken away for it. */
    private void leave() {
        try {
            role.leave().toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn("clients were not sent away before the stop: {}", failure.toString());
        }
    }

    private static SessionSettings settings(NodeProperties.Session session) {
        SessionSettings all = SessionSettings.standard();
        SessionSettings standard = all.with(all.push().withFirstList(session.firstListWhileClosed()));
        return standard.with(
                session.zone(),
                standard.crowd().withKeep(session.crowdKeep()),
                standard.move().withRebalancing(session.rebalance()));
    }
}
