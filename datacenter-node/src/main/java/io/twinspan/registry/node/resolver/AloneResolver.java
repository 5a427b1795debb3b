package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.domain.ServiceSource;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** A resolver on a node that is nothing else: what it knows of its own datacenter, any of several metas tells it. */
public final class AloneResolver implements AutoCloseable {
    /**
     * The metas of the own datacenter.
     *
     * @param answering where they answer sessions
     * @param consoles their HTTP ports
     */
    public record OwnMetas(List<Endpoint> answering, List<Endpoint> consoles) {
        /** Copies the lists. */
        public OwnMetas {
            answering = List.copyOf(answering);
            consoles = List.copyOf(consoles);
        }
    }

    /**
     * What the parts share.
     *
     * @param loop belongs to the resolver alone
     */
    public record Shell(EventLoop loop, PeerClient peers) {}

    /** It is none of the sessions that it asks. */
    private static final NodeId NOBODY = new NodeId("resolver");

    private final EventLoop loop;
    private final SiteWatch own;
    private final ForwardedServices services;
    private final NodeResolver node;
    private final ProvidedWatch provided;

    /** @param ports what the resolver stands on, given where services come from */
    public AloneResolver(
            OwnMetas metas,
            DatacenterId datacenter,
            Shell shell,
            Function<ServiceSource, NodeResolver.Ports> ports,
            NodeResolver.Settings settings) {
        this.loop = shell.loop();
        this.own = new SiteWatch(datacenter, metas.answering(), loop, shell.peers(), () -> {});
        // Also without metas it is known who lives: each session is asked directly.
        SessionPulse pulse = new SessionPulse(NOBODY, loop, shell.peers());
        this.services = new ForwardedServices(loop, datacenter, this::sessions);
        this.node = new NodeResolver(ports.apply(services), settings, new FederationWatch.OwnSite() {
            @Override
            public List<FederationWatch.Standing> look() {
                pulse.ask(own.sessions());
                return own.sessions().stream()
                        .map(each -> new FederationWatch.Standing(each, !pulse.isSilent(each.node()), false))
                        .toList();
            }

            @Override
            public List<Endpoint> consoles() {
                return metas.consoles();
            }
        });
        this.provided = new ProvidedWatch(metas.answering(), loop, shell.peers(), node.vips()::onProvided);
    }

    /** What it is made of. */
    public NodeResolver node() {
        return node;
    }

    /** Begins to ask and to answer. */
    public void start() {
        loop.execute(own::start);
        provided.start();
        node.start();
    }

    @Override
    public void close() {
        node.close();
        provided.close();
        services.close();
        loop.execute(own::close);
    }

    private List<Endpoint> sessions() {
        return own.sessions().stream()
                .map(Member::endpoints)
                .map(endpoints -> endpoints.get(NodePort.SESSION_HTTP))
                .filter(Objects::nonNull)
                .toList();
    }
}
