package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings registrations and removals to the slot leaders until they are applied, and acts on what the leaders make of them. */
final class ChangeSender implements NodeQueues.Carrier<PublisherKey, PendingChange, ChangesApplied> {
    private final SessionIncarnation session;
    private final PublisherTable table;
    private final HybridClock clock;
    private final EventLoop loop;
    private final PeerClient peers;
    private final Duration timeout;
    private final SessionMetrics metrics;
    private final NodeQueues<PublisherKey, PendingChange, ChangesApplied> queues;
    private final int mostQueued;

    ChangeSender(SessionIncarnation session, PublisherTable table, SlotRouter router, SessionContext context) {
        this.session = session;
        this.table = table;
        this.clock = context.clock();
        this.loop = context.loop();
        this.peers = context.peers();
        this.metrics = context.metrics();
        SessionSettings settings = context.settings();
        this.timeout = settings.callTimeout();
        this.mostQueued = settings.mostQueued();
        this.queues = new NodeQueues<>(context.loop(), router, context.backoff(), settings.mostChanges(), this);
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
                notLed.add(item);
            } else if (result.outcome() == ChangeOutcome.OLDER) {
                onOlder(item, result.known());
            } else if (item.value().decision() != null) {
                item.value().decision().complete(result.outcome());
            }
        }
        return notLed;
    }

    @Override
    public List<NodeQueues.Item<PublisherKey, PendingChange>> onFailure(
            List<NodeQueues.Item<PublisherKey, PendingChange>> batch) {
        metrics.changesFailed.add(batch.size());
        return batch.stream()
                .map(item -> new NodeQueues.Item<>(
                        item.key(), item.slot(), item.value().sentBefore()))
                .toList();
    }

    /** A registration that anti-entropy sent is older than what the leader knows: the client is elsewhere now. */
    void onSuperseded(PublisherKey key, RegistrationOrder order) {
        table.find(key)
                .filter(entry -> entry.publisher().order().equals(order) && entry.isInForce())
                .ifPresent(entry -> {
                    metrics.superseded.increment();
                    table.put(entry.superseded());
                });
    }

    private void onOlder(NodeQueues.Item<PublisherKey, PendingChange> item, @Nullable RegistrationOrder known) {
        PendingChange pending = item.value();
        if (pending.change() instanceof DatumChange.Register register) {
            RegistrationOrder order = register.publisher().order();
            PublisherEntry entry = table.find(item.key())
                    .filter(each -> each.publisher().order().equals(order) && each.isInForce())
                    .orElse(null);
            if (entry == null) {
                return;
            }
            if (!pending.mayBeRestamped(loop.nanos())) {
                onSuperseded(item.key(), order);
                return;
            }
            PublisherEntry later = entry.ordered(above(order, known));
            table.put(later);
            post(item.key(), pending.restamped(new DatumChange.Register(later.publisher())));
        } else if (pending.change() instanceof DatumChange.Unregister unregister
                && pending.mayBeRestamped(loop.nanos())
                && !queues.isWaiting(item.key(), item.slot())) {
            post(
                    item.key(),
                    pending.restamped(new DatumChange.Unregister(
                            unregister.id(),
                            above(unregister.order(), known),
                            unregister.by(),
                            unregister.ownerIsGone())));
        }
    }

    /** Later than both; the client's number rises only as far as it must, because it counts more than the stamp. */
    private RegistrationOrder above(RegistrationOrder ours, @Nullable RegistrationOrder known) {
        if (known == null) {
            return new RegistrationOrder(ours.clientVersion(), clock.next());
        }
        clock.merge(known.stamp());
        Stamp reading = clock.next();
        Stamp stamp =
                reading.compareTo(known.stamp()) > 0 ? reading : known.stamp().nextTick();
        return new RegistrationOrder(Math.max(ours.clientVersion(), known.clientVersion()), stamp);
    }
}
