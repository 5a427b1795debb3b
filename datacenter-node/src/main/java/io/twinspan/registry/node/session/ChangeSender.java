package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Brings registrations and removals to the slot leaders until they are applied, and acts on what the leaders make of them. */
final class ChangeSender implements NodeQueues.Carrier<PublisherKey, PendingChange, ChangesApplied> {
    private final SessionIncarnation session;
    private final PublisherTable table;
    private final HybridClock clock;
    private final SlotRouter router;
    private final PeerClient peers;
    private final Duration timeout;
    private final SessionMetrics metrics;
    private final NodeQueues<PublisherKey, PendingChange, ChangesApplied> queues;
    private final int mostQueued;
    private final EventLoop loop;
    private final RepeatedTakeBacks takeBacks;
    private Predicate<PublisherKey> kept = key -> false;
    private long failedCalls;

    ChangeSender(SessionIncarnation session, PublisherTable table, SlotRouter router, SessionContext context) {
        this.session = session;
        this.table = table;
        this.clock = context.clock();
        this.router = router;
        this.peers = context.peers();
        this.metrics = context.metrics();
        SessionSettings settings = context.settings();
        this.timeout = settings.callTimeout();
        this.mostQueued = settings.mostQueued();
        this.loop = context.loop();
        this.takeBacks = new RepeatedTakeBacks(settings.mostTakenBack());
        this.queues = new NodeQueues<>(
                context.loop(),
                router,
                context.backoff(),
                new NodeQueues.Batches(settings.mostChanges(), settings.mostChangeBytes()),
                this);
    }

    /**
     * Whom to ask about a registration that somebody has registered later than we: true, and then it is let go, when its connection
     * is gone and it was only kept until its client is back.
     */
    void onRegisteredElsewhere(Predicate<PublisherKey> forget) {
        kept = forget;
    }

    /** Sends what a live connection has just asked for. */
    void postFresh(PublisherKey key, DatumChange change) {
        takeBacks.forget(key);
        boolean isLed = router.leader(SlotId.of(key.service())).isPresent();
        post(key, new PendingChange(change, isLed, failedCalls, 0));
    }

    /** Sends it now or as soon as the call in flight is over; beyond the bound it is left to the comparison of digests. */
    void post(PublisherKey key, PendingChange change) {
        SlotId slot = SlotId.of(key.service());
        if (queues.size() >= mostQueued && !queues.isWaiting(key, slot)) {
            metrics.changesLeftOut.increment();
            return;
        }
        queues.post(new NodeQueues.Item<>(key, slot, change));
    }

    /** Says again what was not honoured, unless something newer of it waits. */
    void takeBackAgain() {
        sayAgain(takeBacks.due(loop.nanos()));
    }

    /**
     * The same for all that was taken back lately in these slots: their leader differs from us, perhaps because it was killed before
     * it had saved that. Another session that knows nothing of it would bring the registration back.
     */
    void takeBackAgain(Set<SlotId> slots) {
        sayAgain(takeBacks.in(slots));
    }

    private void sayAgain(List<Map.Entry<PublisherKey, DatumChange.Unregister>> takenBack) {
        takenBack.forEach(each -> {
            if (!queues.isWaiting(each.getKey(), SlotId.of(each.getKey().service()))) {
                post(each.getKey(), PendingChange.stale(each.getValue()));
            }
        });
    }

    PublisherTable publishers() {
        return table;
    }

    void onNewTable() {
        queues.reroute();
    }

    boolean isBusy(SlotId slot) {
        return queues.isBusy(slot);
    }

    long activity(SlotId slot) {
        return queues.activity(slot);
    }

    @Override
    public long bytes(NodeQueues.Item<PublisherKey, PendingChange> item) {
        return item.key().service().toString().length() + item.value().change().estimatedBytes();
    }

    @Override
    public CompletionStage<ChangesApplied> send(Endpoint to, List<NodeQueues.Item<PublisherKey, PendingChange>> batch) {
        List<RegistrationChange> changes = batch.stream()
                .map(item -> new RegistrationChange(
                        item.key().service(), item.value().change()))
                .toList();
        return peers.call(to, new ApplyChanges(session, changes), timeout);
    }

    @Override
    public List<NodeQueues.Item<PublisherKey, PendingChange>> onAnswer(
            List<NodeQueues.Item<PublisherKey, PendingChange>> batch, ChangesApplied answer) {
        List<NodeQueues.Item<PublisherKey, PendingChange>> notLed = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            NodeQueues.Item<PublisherKey, PendingChange> item = batch.get(i);
            ChangeResult result = i < answer.results().size() ? answer.results().get(i) : ChangeResult.NOT_LEADER;
            if (!result.isLeader() || result.outcome() == null) {
                notLed.add(stale(item));
            } else if (item.value().change() instanceof DatumChange.Register register) {
                onRegistered(item.key(), register.publisher().order(), result, item.value());
            } else if (item.value().change() instanceof DatumChange.Unregister unregister) {
                takeBacks.onAnswer(item.key(), unregister, result.outcome(), loop.nanos());
                if (result.outcome() == ChangeOutcome.OLDER) {
                    onLateUnregister(item, unregister, result.known());
                }
            }
        }
        return notLed;
    }

    @Override
    public List<NodeQueues.Item<PublisherKey, PendingChange>> onFailure(
            List<NodeQueues.Item<PublisherKey, PendingChange>> batch) {
        failedCalls++;
        metrics.changesFailed.add(batch.size());
        metrics.clientsOffFailed.add(
                batch.stream().filter(ChangeSender::isClientOff).count());
        return batch.stream().map(ChangeSender::stale).toList();
    }

    /** What a leader made of a registration that was offered to it without a request of the client. */
    void onOffered(SyncPublishers.Entry offered, ChangeResult result) {
        Publisher publisher = offered.publisher();
        onRegistered(
                new PublisherKey(offered.service(), publisher.id()),
                publisher.order(),
                result,
                PendingChange.stale(new DatumChange.Register(publisher)));
    }

    private static boolean isClientOff(NodeQueues.Item<PublisherKey, PendingChange> item) {
        return item.value().change() instanceof DatumChange.Remove remove && remove.cause() == RemovalCause.CLIENT_OFF;
    }

    private static NodeQueues.Item<PublisherKey, PendingChange> stale(
            NodeQueues.Item<PublisherKey, PendingChange> item) {
        return new NodeQueues.Item<>(item.key(), item.slot(), item.value().sentBefore());
    }

    private void onRegistered(PublisherKey key, RegistrationOrder sent, ChangeResult result, PendingChange pending) {
        PublisherEntry entry = table.find(key)
                .filter(each -> each.publisher().order().equals(sent) && !each.isOff())
                .orElse(null);
        if (entry == null) {
            return;
        }
        if (result.outcome() == ChangeOutcome.APPLIED && entry.isSuperseded()) {
            metrics.wonBack.increment();
            table.put(entry.withSuperseded(false));
        } else if (result.outcome() == ChangeOutcome.OLDER) {
            onOlder(entry, result.known(), pending);
        }
    }

    /**
     * The leader knows a later registration. A number of the client above ours means that ours is really older; it is the client
     * who raises it. Otherwise only the stamps differ, and the live connection that registered last should win. That is ours
     * when we have just been asked, and whenever nobody stands behind the other one. An old connection that is dead without our
     * knowing may so bring its registration back after the client is gone, until it has been idle for too long: accepted, since
     * the same rule is what keeps a live publisher from being lost. One without a connection, that is only kept, never wins back:
     * its client has been elsewhere since, and what becomes of it there is not our affair. Nor does one that its client takes back
     * over another connection of ours.
     */
    private void onOlder(PublisherEntry entry, ChangeResult.@Nullable Known known, PendingChange pending) {
        ChangeResult.State state = known == null ? ChangeResult.State.LISTED : known.state();
        boolean isOvertaken = known == null || known.order().clientVersion() > entry.clientVersion();
        boolean isOurs = !isOvertaken
                && !takeBacks.isUnderWay(entry.key(), entry.clientVersion())
                && pending.restamps() < PendingChange.MOST_RESTAMPS
                && (state == ChangeResult.State.ABANDONED || pending.mayOverride(failedCalls));
        if (known != null && !isOvertaken && state == ChangeResult.State.YOURS) {
            clock.merge(known.order().stamp());
            metrics.wonBack.increment();
            table.put(entry.ordered(known.order()));
        } else if (!pending.mayOverride(failedCalls) && kept.test(entry.key())) {
            metrics.superseded.increment();
            table.remove(entry.key());
        } else if (known != null && isOurs) {
            PublisherEntry later = entry.ordered(above(known.order().stamp(), entry.clientVersion()));
            table.put(later);
            post(entry.key(), pending.restamped(new DatumChange.Register(later.publisher())));
        } else if (state == ChangeResult.State.TAKEN_BACK) {
            // For good: it must not come back when the tombstone has been collected.
            table.remove(entry.key());
        } else if (!entry.isSuperseded()) {
            metrics.superseded.increment();
            table.put(entry.withSuperseded(true));
        }
    }

    private void onLateUnregister(
            NodeQueues.Item<PublisherKey, PendingChange> item,
            DatumChange.Unregister unregister,
            ChangeResult.@Nullable Known known) {
        PendingChange pending = item.value();
        long version = unregister.order().clientVersion();
        if (known != null
                && known.order().clientVersion() <= version
                && pending.restamps() < PendingChange.MOST_RESTAMPS
                && pending.mayOverride(failedCalls)
                && !queues.isWaiting(item.key(), item.slot())) {
            post(
                    item.key(),
                    pending.restamped(new DatumChange.Unregister(
                            unregister.id(),
                            above(known.order().stamp(), version),
                            unregister.by(),
                            unregister.overridesOwner())));
        }
    }

    /** A stamp later than another one, under the client's own number, which is never ours to raise. */
    private RegistrationOrder above(Stamp known, long clientVersion) {
        clock.merge(known);
        Stamp reading = clock.next();
        return new RegistrationOrder(clientVersion, reading.compareTo(known) > 0 ? reading : known.nextTick());
    }
}
