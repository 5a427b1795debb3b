package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings all slots that one node follows up to date: one call in flight, in it what every slot has to say, changes first, and at
 * least the beat of a leader that lives. After a call that failed the node is only asked whether it is there, until it answers.
 * Beside a call that takes long the beat goes on: a lost one is missed only when its time is over, and until then neither may
 * take the other for gone.
 */
final class ReplicaLink {
    /** What every link of a node shares. */
    record Ports(
            EventLoop loop, PeerClient peers, DataSettings.Replication settings, Consumer<RefusedLeader> onRefused) {}

    /** A follower knows of a later leader of this slot. */
    record RefusedLeader(LedSlot slot, ReplicaAnswer answer) {}

    /** One slot and how far the node is with it. */
    record Following(LedSlot slot, FollowerProgress progress) {}

    private final NodeId node;
    private final Ports ports;
    private final TreeMap<SlotId, Following> slots = new TreeMap<>();
    private @Nullable Endpoint endpoint;
    private SlotTableEpoch table = SlotTableEpoch.NONE;
    private SlotId lastServed = new SlotId(0);
    private boolean isPumpDue;
    private boolean isInFlight;
    private boolean isPausing;
    private boolean isProbing;
    private boolean isBeating;
    private long calledNanos;

    ReplicaLink(NodeId node, Ports ports) {
        this.node = node;
        this.ports = ports;
        this.calledNanos = ports.loop().nanos();
    }

    /** Where the node is reached, if it is a member; and the table that this node leads by. */
    void reachAt(Optional<Endpoint> where, SlotTableEpoch by) {
        endpoint = where.orElse(null);
        table = by;
    }

    Optional<Following> find(SlotId id) {
        return Optional.ofNullable(slots.get(id));
    }

    /** The node follows this slot; a new leadership begins by comparing. */
    void follow(LedSlot slot, long sequence) {
        Following before = slots.get(slot.id());
        if (before == null || before.slot() != slot) {
            FollowerProgress progress = new FollowerProgress(
                    ports.settings(), sequence, slot.warming().isToMerge(node));
            slots.put(slot.id(), new Following(slot, progress));
        }
    }

    /** The node follows nothing but these. */
    void retain(Set<SlotId> followed) {
        slots.keySet().retainAll(followed);
    }

    boolean isIdle() {
        return slots.isEmpty();
    }

    void onChange(DatumWrite write) {
        Following following = slots.get(write.slot());
        if (following != null) {
            following
                    .progress()
                    .onChange(
                            DatumKey.of(write.datum()),
                            write.touched(),
                            ports.loop().nanos());
            pumpSoon();
        }
    }

    /** Sends what is due, once everything that happens now has happened. */
    void pumpSoon() {
        if (!isPumpDue) {
            isPumpDue = true;
            ports.loop().execute(() -> {
                isPumpDue = false;
                pump();
            });
        }
    }

    private void pump() {
        Endpoint to = endpoint;
        if (to == null || slots.isEmpty()) {
            return;
        }
        if (isInFlight) {
            beat(to);
            return;
        }
        if (isPausing) {
            return;
        }
        List<Following> sent = new ArrayList<>();
        List<ReplicaUpdate> updates = isProbing ? List.of() : gather(sent);
        long now = ports.loop().nanos();
        if (updates.isEmpty() && !isProbing && !isBeatDue(now)) {
            return;
        }
        isInFlight = true;
        calledNanos = now;
        boolean isAll = !isProbing
                && slots.values().stream().allMatch(each -> each.progress().hasSentAll());
        ports.peers()
                .call(
                        to,
                        new UpdateReplicas(table, updates, isAll),
                        ports.settings().timeout())
                .whenComplete((answer, failure) -> ports.loop().execute(() -> onAnswer(sent, answer)));
    }

    private boolean isBeatDue(long now) {
        return now - calledNanos >= ports.settings().beat().toNanos();
    }

    private void beat(Endpoint to) {
        long now = ports.loop().nanos();
        if (isBeating || !isBeatDue(now)) {
            return;
        }
        isBeating = true;
        calledNanos = now;
        ports.peers()
                .call(
                        to,
                        new UpdateReplicas(table, List.of(), false),
                        ports.settings().timeout())
                .whenComplete((answer, failure) -> ports.loop().execute(() -> {
                    isBeating = false;
                    if (answer != null) {
                        onWord(ports.loop().nanos());
                    }
                }));
    }

    private void onWord(long now) {
        slots.values().forEach(each -> each.slot().warming().onWordOf(node, now));
    }

    private List<ReplicaUpdate> gather(List<Following> sent) {
        List<ReplicaUpdate> updates = new ArrayList<>();
        Budget budget = new Budget(ports.settings().mostInCall());
        List<Following> behind = new ArrayList<>();
        for (Following each : slots.values()) {
            if (each.progress().isCurrentStage()) {
                add(each, budget, updates, sent);
            } else {
                behind.add(each);
            }
        }
        // In turn, so that a large slot does not keep the others waiting for ever.
        SlotId last = lastServed;
        behind.sort(Comparator.comparing(each -> each.slot().id().compareTo(last) <= 0));
        for (Following each : behind) {
            if (add(each, budget, updates, sent)) {
                lastServed = each.slot().id();
            }
        }
        return updates;
    }

    private boolean add(Following each, Budget budget, List<ReplicaUpdate> updates, List<Following> sent) {
        Optional<ReplicaUpdate> next = each.progress()
                .next(new SlotForFollowers(each.slot()), budget, ports.loop().nanos());
        next.ifPresent(update -> {
            updates.add(update);
            sent.add(each);
        });
        return next.isPresent();
    }

    private void onAnswer(List<Following> sent, @Nullable ReplicasUpdated answer) {
        isInFlight = false;
        if (answer == null || answer.answers().size() != sent.size()) {
            sent.forEach(each -> each.progress().onFailure());
            isProbing = true;
            isPausing = true;
            ports.loop().schedule(ports.settings().retry(), () -> {
                isPausing = false;
                pump();
            });
            return;
        }
        isProbing = false;
        long now = ports.loop().nanos();
        onWord(now);
        for (int i = 0; i < sent.size(); i++) {
            Following each = sent.get(i);
            if (each.equals(slots.get(each.slot().id()))) {
                onAnswer(each, answer.answers().get(i), now);
            }
        }
        pumpSoon();
    }

    private void onAnswer(Following following, ReplicaAnswer answer, long now) {
        LedSlot slot = following.slot();
        if (answer.status() == ReplicaAnswer.Status.REFUSED) {
            ports.onRefused().accept(new RefusedLeader(slot, answer));
        }
        boolean didWant = following.progress().wantsHeld();
        if (didWant) {
            // Later on it is our own ceiling that comes back.
            slot.raise(answer.ceiling());
        }
        following.progress().onAnswer(answer, new SlotForFollowers(slot), now);
        if (didWant && !following.progress().wantsHeld()) {
            slot.onMerged(node, answer);
        }
    }
}
