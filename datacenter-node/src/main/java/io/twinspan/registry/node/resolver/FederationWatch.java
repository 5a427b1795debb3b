package io.twinspan.registry.node.resolver;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.acvip.domain.Federation;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.runtime.EventLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of the federation's servers, and tells the resolver when it is another thing. Belongs to its event loop. */
public final class FederationWatch implements AutoCloseable {
    /** Between the ports of a meta for other metas and for HTTP, when they are not set one by one. */
    private static final int FROM_META_TO_HTTP =
            NodePort.META_HTTP.defaultNumber() - NodePort.META_FOR_META.defaultNumber();

    /** How one session of the own datacenter stands. */
    record Standing(Member session, boolean isLive, boolean isDraining) {}

    /** Port: the own datacenter. Called on the loop, several times a second. */
    interface OwnSite {
        /** Its sessions; the asking process's own is among them if it is one. */
        List<Standing> look();

        /** HTTP ports of its metas. */
        List<Endpoint> consoles();
    }

    private final DatacenterId own;
    private final EventLoop loop;
    private final OwnSite site;
    private final List<SiteWatch> peers;
    private final List<Endpoint> standalone;
    private final Consumer<Federation> onChange;
    private EventLoop.@Nullable Timer timer;
    private Federation last = Federation.UNKNOWN;

    /** @param standalone resolvers of the own datacenter that are no sessions */
    FederationWatch(
            DatacenterId own,
            EventLoop loop,
            OwnSite site,
            List<SiteWatch> peers,
            List<Endpoint> standalone,
            Consumer<Federation> onChange) {
        this.own = own;
        this.loop = loop;
        this.site = site;
        this.peers = List.copyOf(peers);
        this.standalone = List.copyOf(standalone);
        this.onChange = onChange;
    }

    void start() {
        loop.execute(() -> {
            peers.forEach(SiteWatch::start);
            look();
            timer = loop.scheduleEvery(SessionPulse.EVERY, this::look);
        });
    }

    @Override
    public void close() {
        loop.execute(() -> {
            peers.forEach(SiteWatch::close);
            if (timer != null) {
                timer.cancel();
            }
        });
    }

    private void look() {
        Federation now = federation(site.look());
        if (!now.equals(last)) {
            last = now;
            onChange.accept(now);
        }
    }

    private Federation federation(Collection<Standing> standings) {
        List<Candidate> sessions = new ArrayList<>();
        List<Candidate> consoles = new ArrayList<>();
        Map<DatacenterId, List<Endpoint>> resolvers = new TreeMap<>();
        // When all drain, a client is better off with one of them than with nobody.
        boolean isAnybodyOpen = standings.stream().anyMatch(each -> each.isLive() && !each.isDraining());
        List<Endpoint> ownResolvers = new ArrayList<>();
        for (Standing each : standings) {
            boolean isOpen = each.isLive() && (!each.isDraining() || !isAnybodyOpen);
            String word = !each.isLive() ? "does not answer" : each.isDraining() ? "drains" : "lives";
            add(sessions, each.session(), isOpen, word);
            if (each.isLive()) {
                http(each.session(), ownResolvers);
            }
        }
        ownResolvers.addAll(standalone);
        resolvers.put(own, ownResolvers);
        site.consoles().forEach(console -> consoles.add(candidate(console, own, true, "configured")));
        for (SiteWatch peer : peers) {
            List<Endpoint> theirs = new ArrayList<>();
            String word = peer.isHeard() ? "lives, its meta says" : "its datacenter's metas do not answer";
            for (Member session : peer.sessions()) {
                add(sessions, session, peer.isHeard(), word);
                http(session, theirs);
            }
            resolvers.put(peer.datacenter(), theirs);
            for (Endpoint meta : peer.metas()) {
                Endpoint console = new Endpoint(meta.host(), meta.port() + FROM_META_TO_HTTP);
                consoles.add(
                        candidate(console, peer.datacenter(), peer.isHeard(), peer.isHeard() ? "configured" : word));
            }
        }
        return new Federation(sessions, consoles, resolvers);
    }

    private static void add(List<Candidate> all, Member session, boolean isHealthy, String word) {
        Endpoint clients = session.endpoints().get(NodePort.SESSION_CLIENT);
        if (clients != null) {
            all.add(candidate(clients, session.datacenter(), isHealthy, word));
        }
    }

    private static void http(Member session, List<Endpoint> all) {
        Endpoint http = session.endpoints().get(NodePort.SESSION_HTTP);
        if (http != null) {
            all.add(http);
        }
    }

    private static Candidate candidate(Endpoint address, DatacenterId datacenter, boolean isHealthy, String word) {
        return new Candidate(address, datacenter, "", VipEndpoint.USUAL_WEIGHT, isHealthy, word);
    }

    /** The sessions that a session knows: all of its cluster, and itself whatever the cluster says. */
    static List<Standing> standings(
            Collection<Member> cluster, Member self, Collection<NodeId> draining, SessionPulse pulse) {
        List<Standing> all = new ArrayList<>();
        all.add(new Standing(self, true, draining.contains(self.node())));
        for (Member each : cluster) {
            if (!each.node().equals(self.node())) {
                all.add(new Standing(each, !pulse.isSilent(each.node()), draining.contains(each.node())));
            }
        }
        return all;
    }
}
