package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Offers the superseded registrations of live connections to their slot leaders again, as they are and not stamped anew: whoever
 * superseded them may be gone by now, and then they are all there is. They go past the queues of changes, because what waits
 * there keeps the comparison of digests from repairing its slot.
 */
final class SupersededOffers {
    private final SessionIncarnation session;
    private final ChangeSender sender;
    private final SlotRouter router;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Duration timeout;
    private final int mostAtATime;
    private final SessionMetrics metrics;
    private final Set<NodeId> underWay = new HashSet<>();

    SupersededOffers(SessionIncarnation session, ChangeSender sender, SlotRouter router, SessionContext context) {
        this.session = session;
        this.sender = sender;
        this.router = router;
        this.loop = context.loop();
        this.peers = context.peers();
        this.timeout = context.settings().callTimeout();
        this.mostAtATime = context.settings().mostOffered();
        this.metrics = context.metrics();
    }

    /** One call to each leader that is due some, except where the last one is still under way. */
    void offer() {
        Map<NodeId, List<SyncPublishers.Entry>> byLeader = new LinkedHashMap<>();
        for (SyncPublishers.Entry each : sender.publishers().nextSuperseded(mostAtATime)) {
            router.leader(SlotId.of(each.service()))
                    .ifPresent(node -> byLeader.computeIfAbsent(node, ignored -> new ArrayList<>())
                            .add(each));
        }
        byLeader.forEach(this::offer);
    }

    private void offer(NodeId node, List<SyncPublishers.Entry> offers) {
        router.endpoint(node).filter(to -> underWay.add(node)).ifPresent(to -> {
            metrics.offeredAgain.add(offers.size());
            List<RegistrationChange> changes = offers.stream()
                    .map(each -> new RegistrationChange(each.service(), new DatumChange.Register(each.publisher())))
                    .toList();
            peers.call(to, new ApplyChanges(session, changes), timeout)
                    .whenComplete((applied, failure) -> loop.execute(() -> {
                        underWay.remove(node);
                        if (failure == null) {
                            onAnswer(offers, applied);
                        }
                    }));
        });
    }

    private void onAnswer(List<SyncPublishers.Entry> offers, ChangesApplied applied) {
        for (int i = 0; i < Math.min(offers.size(), applied.results().size()); i++) {
            sender.onOffered(offers.get(i), applied.results().get(i));
        }
    }
}
