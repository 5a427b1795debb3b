package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.node.session.crowd.MovedClients;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The other sessions of the datacenter: how many clients each has, whether it drains, and whom it has sent away. Each is asked
 * directly and regularly; nothing of this goes through meta. Belongs to the session's event loop, except where it says otherwise.
 */
final class Neighbours {
    private record Heard(SessionLoad load, long nanos) {}

    private final NodeId self;
    private final SlotRouter router;
    private final MovedClients moved;
    private final Supplier<MovedClients> fetched;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Duration timeout;
    private final Duration fresh;
    private final Map<NodeId, Heard> heard = new HashMap<>();
    private final Set<NodeId> underWay = new HashSet<>();
    private volatile Set<NodeId> draining = Set.of();

    /** @param fetched those that are noted for the move that is ordered now */
    Neighbours(
            SessionSelf self,
            SlotRouter router,
            MovedClients moved,
            Supplier<MovedClients> fetched,
            SessionContext context) {
        this.self = self.member().node();
        this.router = router;
        this.moved = moved;
        this.fetched = fetched;
        this.loop = context.loop();
        this.peers = context.peers();
        this.timeout = context.settings().move().fresh();
        this.fresh = context.settings().move().fresh();
    }

    /** Asks everybody of whom no answer is awaited. */
    void ask() {
        Set<NodeId> members = new HashSet<>();
        for (Member member : others()) {
            members.add(member.node());
            Endpoint to = member.endpoints().get(NodePort.SESSION_FOR_SESSION);
            if (to != null && underWay.add(member.node())) {
                ask(member.node(), to);
            }
        }
        heard.keySet().retainAll(members);
        publish();
    }

    /** How many clients each other session has that takes clients; empty while that is not known of all. */
    Optional<List<Integer>> loads() {
        List<Integer> loads = new ArrayList<>();
        for (Member member : others()) {
            Heard last = heard.get(member.node());
            if (last == null || !isFresh(last)) {
                return Optional.empty();
            }
            if (!last.load().isDraining()) {
                loads.add(last.load().connections());
            }
        }
        return Optional.of(loads);
    }

    /** True when a client that is sent away finds another session. */
    boolean hasRefuge() {
        return others().stream()
                .map(member -> heard.get(member.node()))
                .anyMatch(last -> last != null && isFresh(last) && !last.load().isDraining());
    }

    /** Those that said that they drain when they were last heard of; any thread. */
    Set<NodeId> draining() {
        return draining;
    }

    private List<Member> others() {
        return router.cluster().inRole(NodeRole.SESSION).stream()
                .filter(member -> !member.node().equals(self))
                .toList();
    }

    private boolean isFresh(Heard last) {
        return loop.nanos() - last.nanos() <= fresh.toNanos();
    }

    private void ask(NodeId node, Endpoint to) {
        Heard last = heard.get(node);
        FetchSessionLoad question = last == null
                ? new FetchSessionLoad(0, 0, 0)
                : new FetchSessionLoad(
                        last.load().incarnation(),
                        last.load().movedUpTo(),
                        last.load().fetchedUpTo());
        peers.call(to, question, timeout)
                .whenComplete((load, failure) -> loop.execute(() -> {
                    underWay.remove(node);
                    if (failure == null) {
                        heard.put(node, new Heard(load, loop.nanos()));
                        moved.onTold(load.moved(), loop.nanos());
                        fetched.get().onTold(load.fetched(), loop.nanos());
                        publish();
                    }
                }));
    }

    private void publish() {
        draining = heard.entrySet().stream()
                .filter(each -> each.getValue().load().isDraining())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
