package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.lease.LeaseTable;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The session lives that have spoken to this node. A life is over when its lease here is over, it has no connection to us, and
 * meta does not list it any more; none alone proves anything: the first may be a process that is held up, the last a meta that has
 * lost its memory.
 */
final class SessionTable {
    private final PeerClient peers;
    private final EventLoop loop;
    private final DataSettings settings;
    private final DataCounts counts;
    private final LeaseTable<SessionIncarnation> leases;
    private final Map<SessionIncarnation, SessionNotifier> sessions = new HashMap<>();
    private final long sinceNanos;
    private long tickedNanos;
    private Predicate<NodeId> isConnected = node -> false;

    SessionTable(PeerClient peers, EventLoop loop, DataSettings settings, DataCounts counts) {
        this.peers = peers;
        this.loop = loop;
        this.settings = settings;
        this.counts = counts;
        this.leases = new LeaseTable<>(settings.sessionLease());
        this.sinceNanos = loop.nanos();
        this.tickedNanos = sinceNanos;
    }

    void watch(Predicate<NodeId> connected) {
        isConnected = connected;
    }

    /** Whatever a session sends proves that it lives. */
    void onWord(SessionIncarnation session) {
        notifier(session);
        leases.renew(session, loop.nanos());
    }

    /** A life that has spoken to an earlier leader; unless it speaks to us it has a lease's time, like one that has. */
    void expect(SessionIncarnation session) {
        if (!isKnown(session)) {
            onWord(session);
        }
    }

    void reachAt(SessionIncarnation session, Endpoint notices) {
        notifier(session).reachAt(notices);
    }

    void tell(SessionIncarnation session, DatumNotice notice, boolean isSettling) {
        SessionNotifier notifier = sessions.get(session);
        if (notifier != null) {
            notifier.tell(notice, isSettling);
        }
    }

    /**
     * True when an entry of this life has nobody behind it: a later life of its node has spoken; or it has no live lease here, and
     * either meta does not list it or it has had a whole lease's time since our start to speak up.
     */
    boolean isGone(SessionIncarnation session, ClusterState cluster) {
        long now = loop.nanos();
        boolean isSilent = !leases.isLive(session, now)
                && (!isListed(session, cluster)
                        || now - sinceNanos >= settings.sessionLease().toNanos());
        return isSilent || hasLaterLife(session);
    }

    private boolean hasLaterLife(SessionIncarnation session) {
        return sessions.keySet().stream()
                .anyMatch(each -> each.node().equals(session.node()) && each.start() > session.start());
    }

    /**
     * True when this life never spoke to us, or its lease is over and it has no connection, and meta knows its datacenter and does
     * not list it.
     */
    boolean isOver(SessionIncarnation session, ClusterState cluster) {
        return !leases.isLive(session, loop.nanos())
                && !isListed(session, cluster)
                && (hasSuccessor(session, cluster) || !isConnected.test(session.node()));
    }

    /**
     * Takes out and returns the lives that were known here and are over.
     *
     * @param isMetaHeard false while meta has no quorum, or we do not reach it: then nobody is delisted, and nobody is over
     */
    List<SessionIncarnation> onTick(ClusterState cluster, boolean isMetaHeard) {
        long now = loop.nanos();
        if (now - tickedNanos > settings.sessionLease().toNanos() / 3) {
            // We were not there ourselves; nobody could renew.
            leases.renewAll(now);
        }
        tickedNanos = now;
        leases.expire(now);
        List<SessionIncarnation> over = new ArrayList<>();
        for (SessionIncarnation session : sessions.keySet()) {
            if (isMetaHeard && isOver(session, cluster)) {
                over.add(session);
            }
        }
        for (SessionIncarnation session : over) {
            SessionNotifier notifier = sessions.remove(session);
            if (notifier != null) {
                notifier.giveUp();
            }
        }
        counts.sessionsOver.add(over.size());
        return over;
    }

    boolean isKnown(SessionIncarnation session) {
        return sessions.containsKey(session);
    }

    void close() {
        sessions.values().forEach(SessionNotifier::close);
    }

    private SessionNotifier notifier(SessionIncarnation session) {
        return sessions.computeIfAbsent(
                session, ignored -> new SessionNotifier(peers, loop, settings.notices(), counts));
    }

    // Without a slot table we have not heard of our meta yet, or it has forgotten everything: then nobody is missing.
    private static boolean isListed(SessionIncarnation session, ClusterState cluster) {
        return cluster.table().slots().isEmpty()
                || cluster.find(session.node(), NodeRole.SESSION)
                        .filter(member -> member.incarnation() == session.start())
                        .isPresent();
    }

    /** The connection of a node that meta lists in another life is that life's. */
    private static boolean hasSuccessor(SessionIncarnation session, ClusterState cluster) {
        return cluster.find(session.node(), NodeRole.SESSION).isPresent();
    }
}
