package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Renews the session's lease at every data node that leads slots and repairs what they hold of it. A difference in a slot for
 * which something was under way since the digest was made is no difference, only a digest that is late.
 */
final class SessionRenewal {
    private final SessionIncarnation session;
    private final Endpoint notices;
    private final PublisherTable publishers;
    private final Subscriptions subscriptions;
    private final ChangeSender sender;
    private final SegmentFetcher fetcher;
    private final SlotRouter router;
    private final RankedLeaders leaders;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Duration timeout;
    private final SessionMetrics metrics;
    private final Set<NodeId> underWay = new HashSet<>();
    private final Set<NodeId> again = new HashSet<>();

    SessionRenewal(
            SessionSelf self,
            ChangeSender sender,
            Subscriptions subscriptions,
            RankedLeaders leaders,
            SessionContext context) {
        this.session = self.incarnation();
        this.notices = self.notices();
        this.sender = sender;
        this.publishers = sender.publishers();
        this.subscriptions = subscriptions;
        this.fetcher = subscriptions.fetcher();
        this.router = leaders.router();
        this.leaders = leaders;
        this.loop = context.loop();
        this.peers = context.peers();
        this.timeout = context.settings().callTimeout();
        this.metrics = context.metrics();
    }

    /** One renewal to each data node, except where the last one is still under way. */
    void renew() {
        Map<NodeId, List<SlotId>> slotsByLeader = router.slotsByLeader();
        slotsByLeader.forEach((node, slots) -> router.endpoint(node).ifPresent(to -> renew(node, to, slots)));
        leaders.onAsked(slotsByLeader);
    }

    /** The table is another one: a renewal that is under way knows nothing of it, so one more follows at once. */
    void onNewTable() {
        again.addAll(underWay);
        renew();
    }

    private void renew(NodeId node, Endpoint to, List<SlotId> slots) {
        if (!underWay.add(node)) {
            return;
        }
        Map<SlotId, Long> writes = new HashMap<>();
        Map<SlotId, Long> questions = new HashMap<>();
        for (SlotId slot : slots) {
            if (!sender.isBusy(slot)) {
                writes.put(slot, sender.activity(slot));
            }
            if (!fetcher.isBusy(slot)) {
                questions.put(slot, fetcher.activity(slot));
            }
        }
        List<SessionSlotDigest> digests = slots.stream().map(this::digest).toList();
        peers.call(to, new RenewSession(session, notices, digests), timeout)
                .whenComplete((differences, failure) -> loop.execute(() -> {
                    underWay.remove(node);
                    if (failure != null) {
                        metrics.renewalsFailed.increment();
                    } else {
                        leaders.onAnswered(node, slots, differences.notLed());
                        repair(to, differences, writes, questions);
                    }
                    if (again.remove(node)) {
                        renew();
                    }
                }));
    }

    private SessionSlotDigest digest(SlotId slot) {
        return new SessionSlotDigest(
                slot,
                publishers.count(slot),
                publishers.hash(slot),
                subscriptions.interests().hash(slot));
    }

    private void repair(
            Endpoint to, SessionDifferences differences, Map<SlotId, Long> writes, Map<SlotId, Long> questions) {
        Set<SlotId> quiet = new LinkedHashSet<>(differences.publishers());
        quiet.removeIf(slot -> !isQuiet(sender.isBusy(slot), sender.activity(slot), writes.get(slot)));
        if (!quiet.isEmpty()) {
            sender.takeBackAgain(quiet);
            quiet.forEach(slot -> syncPublishers(to, slot));
        }
        for (SlotId slot : differences.interest()) {
            if (isQuiet(fetcher.isBusy(slot), fetcher.activity(slot), questions.get(slot))) {
                syncInterest(to, slot);
            }
        }
    }

    private static boolean isQuiet(boolean isBusy, long activity, @Nullable Long before) {
        return !isBusy && before != null && before == activity;
    }

    private void syncPublishers(Endpoint to, SlotId slot) {
        metrics.slotsSynced.increment();
        List<SyncPublishers.Entry> entries = publishers.entries(slot);
        peers.call(to, new SyncPublishers(session, slot, entries), timeout).whenComplete((applied, failure) -> {
            if (failure == null) {
                loop.execute(() -> onSynced(entries, applied));
            }
        });
    }

    private void onSynced(List<SyncPublishers.Entry> entries, ChangesApplied applied) {
        for (int i = 0; i < Math.min(entries.size(), applied.results().size()); i++) {
            sender.onOffered(entries.get(i), applied.results().get(i));
        }
    }

    private void syncInterest(Endpoint to, SlotId slot) {
        peers.call(to, new SyncInterest(session, slot, subscriptions.interests().interests(slot)), timeout)
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        loop.execute(() -> subscriptions.onInterestRestored(slot));
                    }
                });
    }
}
