package io.twinspan.registry.node.resolver;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.acvip.DutyView;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.dns.DnsServer;
import io.twinspan.registry.acvip.dns.DnsZone;
import io.twinspan.registry.acvip.dns.HostAddresses;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Resolver;
import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.acvip.domain.ServiceSource;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.acvip.health.SocketProbe;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolver of a node, put together: what it hears, what it checks, and its DNS port. */
public final class NodeResolver implements MeterSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeResolver.class);
    private static final int LOOKUP_THREADS = 2;
    private static final int MOST_LOOKUPS = 500;
    private static final int KEEP_SECONDS = 30;

    /**
     * What it stands on.
     *
     * @param loop belongs to it alone
     * @param here where this node stands
     * @param peers calls as a role of this node
     * @param peerMetas where the metas of each peer datacenter answer
     * @param disk the file in which Vips are kept
     */
    public record Ports(
            EventLoop loop,
            Place here,
            PeerClient peers,
            DutyView duty,
            ServiceSource services,
            Map<DatacenterId, List<Endpoint>> peerMetas,
            Path disk) {
        /** Copies the addresses. */
        public Ports {
            peerMetas = Map.copyOf(new TreeMap<>(peerMetas));
        }
    }

    /**
     * What operators set.
     *
     * @param standalone HTTP ports of resolvers in this datacenter that are no sessions
     * @param dns where DNS is answered; empty for nowhere
     */
    public record Settings(
            ResolverSettings resolver, HealthSettings checks, List<Endpoint> standalone, Optional<Endpoint> dns) {
        /** Copies the list. */
        public Settings {
            standalone = List.copyOf(standalone);
        }
    }

    /**
     * The session on whose node a resolver is.
     *
     * @param draining sessions that send their clients away
     * @param consoles HTTP ports of the own datacenter's metas
     */
    public record OfSession(Member self, ClusterView view, Supplier<Set<NodeId>> draining, List<Endpoint> consoles) {}

    private final Ports ports;
    private final Settings settings;
    private final SocketProbe probe;
    private final Resolver resolver;
    private final VipStore vips;
    private final FederationWatch federation;
    private final ThreadPoolExecutor lookups;
    private final Optional<DnsServer> dns;

    /** On the node of a session. */
    public static NodeResolver of(OfSession session, Ports ports, Settings settings) {
        SessionPulse pulse = new SessionPulse(session.self().node(), ports.loop(), ports.peers());
        return new NodeResolver(ports, settings, new FederationWatch.OwnSite() {
            @Override
            public List<FederationWatch.Standing> look() {
                List<Member> sessions = session.view().current().inRole(NodeRole.SESSION);
                pulse.ask(sessions);
                return FederationWatch.standings(
                        sessions, session.self(), session.draining().get(), pulse);
            }

            @Override
            public List<Endpoint> consoles() {
                return session.consoles();
            }
        });
    }

    NodeResolver(Ports ports, Settings settings, FederationWatch.OwnSite site) {
        this.ports = ports;
        this.settings = settings;
        this.probe = new SocketProbe(settings.checks());
        this.resolver = new Resolver(
                new Resolver.Ports(ports.loop(), ports.here().datacenter(), ports.duty(), probe, ports.services()),
                settings.resolver(),
                settings.checks());
        this.vips = new VipStore(ports.disk(), ports.loop(), resolver::onVips);
        List<SiteWatch> peers = new ArrayList<>();
        new TreeMap<>(ports.peerMetas())
                .forEach((peer, metas) -> peers.add(new SiteWatch(peer, metas, ports.loop(), ports.peers(), () -> {})));
        this.federation = new FederationWatch(
                ports.here().datacenter(), ports.loop(), site, peers, settings.standalone(), resolver::onFederation);
        this.lookups = new ThreadPoolExecutor(
                LOOKUP_THREADS,
                LOOKUP_THREADS,
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_LOOKUPS),
                task -> {
                    Thread thread = new Thread(task, "host-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        lookups.allowCoreThreadTimeOut(true);
        this.dns = settings.dns()
                .map(at -> new DnsServer(new DnsZone(
                        settings.resolver().federation(),
                        name -> resolver.ask(name, ports.here()),
                        answer -> resolver.ages(DomainName.parse(answer.domain())),
                        new HostAddresses(ports.loop(), lookups),
                        Math.toIntExact(settings.resolver().ttl().toSeconds()))));
    }

    /** Who answers. */
    public Resolver resolver() {
        return resolver;
    }

    /** Where provided configuration goes. */
    public VipStore vips() {
        return vips;
    }

    /** The paths under {@code /acvip}. */
    public ResolverRoutes routes() {
        return new ResolverRoutes(resolver, ports.here());
    }

    /**
     * Listens and looks from now on.
     *
     * @throws IllegalStateException when the port for DNS cannot be had
     */
    public void start() {
        vips.load();
        federation.start();
        settings.dns().ifPresent(at -> {
            dns.ifPresent(server -> server.start(at));
            LOG.info("dns answers zone={} at={}", settings.resolver().federation(), at);
        });
    }

    @Override
    public CompletionStage<List<MeterReading>> read() {
        return resolver.counts().thenApply(counts -> {
            List<MeterReading> readings = new ArrayList<>();
            new TreeMap<>(counts)
                    .forEach((name, count) -> readings.add(gauge("twinspan.resolver." + name, Map.of(), count)));
            dns.ifPresent(server -> {
                readings.add(counter("twinspan.resolver.dns.answers", Map.of(), server.answered()));
                readings.add(counter("twinspan.resolver.dns.refused", Map.of(), server.refused()));
            });
            return readings;
        });
    }

    @Override
    public void close() {
        dns.ifPresent(DnsServer::close);
        federation.close();
        resolver.close();
        probe.close();
        lookups.shutdownNow();
    }
}
