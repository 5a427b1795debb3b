package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.LedByRank;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a leader for slots whose leader is out of reach while meta names no other: asks their replicas in turn to lead by rank.
 * A replica that hears of the leader refuses, so a session that is cut off alone changes nothing.
 */
final class RankedLeaders {
    private static final Logger LOG = LoggerFactory.getLogger(RankedLeaders.class);

    private final SlotRouter router;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Duration timeout;
    private final Runnable onRouted;
    private final LeaderWatch watch = new LeaderWatch();
    private final Map<SlotId, Integer> tries = new HashMap<>();
    private final Set<NodeId> underWay = new HashSet<>();

    /** @param onRouted called when slots are led by somebody else now */
    RankedLeaders(SlotRouter router, SessionContext context, Runnable onRouted) {
        this.router = router;
        this.loop = context.loop();
        this.peers = context.peers();
        this.timeout = context.settings().callTimeout();
        this.onRouted = onRouted;
    }

    SlotRouter router() {
        return router;
    }

    /** These nodes are about to be asked for these slots. */
    void onAsked(Map<NodeId, List<SlotId>> slots) {
        watch.onAsked(slots.keySet(), loop.nanos());
        Map<NodeId, List<Slot>> asked = new LinkedHashMap<>();
        slots.forEach((leader, all) -> {
            for (SlotId id : watch.abandoned(leader, all, loop.nanos())) {
                successor(id, leader)
                        .ifPresent(node -> router.cluster()
                                .table()
                                .find(id)
                                .ifPresent(slot -> asked.computeIfAbsent(node, ignored -> new ArrayList<>())
                                        .add(slot)));
            }
        });
        asked.forEach((node, all) -> router.endpoint(node).ifPresent(to -> ask(node, to, all)));
    }

    /** A node has answered for these slots. */
    void onAnswered(NodeId node, List<SlotId> asked, List<SlotId> notLed) {
        watch.onAnswered(node, asked, notLed, loop.nanos());
        if (router.dropRanked(node, notLed)) {
            watch.forget(notLed);
            onRouted.run();
        }
    }

    private Optional<NodeId> successor(SlotId id, NodeId leader) {
        List<NodeId> others = router.cluster().table().find(id).map(Slot::replicas).orElse(List.of()).stream()
                .filter(node -> !node.equals(leader) && router.endpoint(node).isPresent())
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of(others.get(tries.getOrDefault(id, 0) % others.size()));
    }

    private void ask(NodeId node, Endpoint to, List<Slot> slots) {
        if (!underWay.add(node)) {
            return;
        }
        LeadByRank request = new LeadByRank(
                router.cluster().table().epoch().incarnation(),
                slots.stream()
                        .map(slot -> new LeadByRank.Ranked(slot.id(), slot.epoch()))
                        .toList());
        slots.forEach(slot -> tries.merge(slot.id(), 1, Integer::sum));
        peers.call(to, request, timeout)
                .whenComplete((answer, failure) -> loop.execute(() -> {
                    underWay.remove(node);
                    if (failure == null && !answer.led().isEmpty()) {
                        onLed(node, request, answer);
                    }
                }));
    }

    private void onLed(NodeId node, LeadByRank request, LedByRank answer) {
        List<SlotId> taken = new ArrayList<>();
        for (LeadByRank.Ranked each : answer.led()) {
            if (router.putRanked(each.slot(), node, new Leadership(request.incarnation(), each.epoch()))) {
                taken.add(each.slot());
                tries.remove(each.slot());
            }
        }
        if (!taken.isEmpty()) {
            LOG.warn(
                    "slots are led by another replica, their leader is out of reach: node={} slots={}",
                    node,
                    taken.size());
            watch.forget(taken);
            onRouted.run();
        }
    }
}
