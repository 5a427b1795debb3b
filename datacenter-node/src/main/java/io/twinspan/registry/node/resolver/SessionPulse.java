package io.twinspan.registry.node.resolver;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which sessions of the own datacenter do not answer. Each is asked directly and often, because its lease at meta ends only after
 * seconds, and a client that is given a dead one loses as many. One that was never asked counts as living. Belongs to its event loop.
 */
final class SessionPulse {
    /** Together with {@link #EVERY} below the second within which a dead session has to be out of the lists. */
    private static final Duration WITHIN = Duration.ofMillis(600);

    static final Duration EVERY = Duration.ofMillis(250);

    private final NodeId self;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Set<NodeId> underWay = new HashSet<>();
    private final Set<NodeId> silent = new HashSet<>();

    SessionPulse(NodeId self, EventLoop loop, PeerClient peers) {
        this.self = self;
        this.loop = loop;
        this.peers = peers;
    }

    /** Asks everybody of whom no answer is awaited. */
    void ask(Collection<Member> sessions) {
        Set<NodeId> known = new HashSet<>();
        for (Member session : sessions) {
            known.add(session.node());
            Endpoint to = session.endpoints().get(NodePort.SESSION_FOR_SESSION);
            if (!session.node().equals(self) && to != null && underWay.add(session.node())) {
                ask(session, to);
            }
        }
        silent.retainAll(known);
    }

    boolean isSilent(NodeId session) {
        return silent.contains(session);
    }

    private void ask(Member session, Endpoint to) {
        // Of whom it has sent away or told where to go nothing is asked, which keeps the answer small.
        FetchSessionLoad question = new FetchSessionLoad(session.incarnation(), Long.MAX_VALUE, Long.MAX_VALUE);
        peers.call(to, question, WITHIN)
                .whenComplete((load, failure) -> loop.execute(() -> {
                    underWay.remove(session.node());
                    if (failure == null) {
                        silent.remove(session.node());
                    } else {
                        silent.add(session.node());
                    }
                }));
    }
}
