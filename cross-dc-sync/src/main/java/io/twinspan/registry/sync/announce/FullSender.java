package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whole slots on their way out, part by part as the channel has room; a slot whose turn has come waits behind those that were
 * asked for. At most one of each slot waits, and one that was sent within the last second is not sent again.
 */
final class FullSender {
    private final AnnouncementChannel channel;
    private final Supplier<Sender> sender;
    private final PublisherLimits limits;
    private final Deque<Full> waiting = new ArrayDeque<>();
    private final Map<SlotId, Long> startedNanos = new HashMap<>();
    private final Map<SlotId, Long> turnNanos = new HashMap<>();
    private int nextToForget;
    private long sent;

    FullSender(AnnouncementChannel channel, Supplier<Sender> sender, PublisherLimits limits) {
        this.channel = channel;
        this.sender = sender;
        this.limits = limits;
    }

    /** The parts of a frozen slot; one without entries has one part, too. */
    static List<Full> chunks(AnnouncedSlot.Frozen frozen, Supplier<Sender> sender, int maxEntries) {
        List<DigestEntry> all = frozen.entries();
        int chunks = Math.max(1, (all.size() + maxEntries - 1) / maxEntries);
        List<Full> parts = new ArrayList<>(chunks);
        for (int chunk = 0; chunk < chunks; chunk++) {
            List<DigestEntry> part = all.subList(chunk * maxEntries, Math.min((chunk + 1) * maxEntries, all.size()));
            parts.add(new Full(sender.get(), frozen.root(), chunk, chunks, part));
        }
        return parts;
    }

    void add(AnnouncedSlot slot, long nowNanos) {
        Long started = startedNanos.get(slot.id());
        boolean isJustSent = started != null && nowNanos - started < AnnouncedSlot.SHARED.toNanos();
        if (isJustSent || waiting.stream().anyMatch(each -> each.slot().equals(slot.id()))) {
            return;
        }
        startedNanos.put(slot.id(), nowNanos);
        sent++;
        waiting.addAll(chunks(slot.freeze(nowNanos), sender, limits.batch()));
    }

    void drop(SlotId slot) {
        waiting.removeIf(each -> each.slot().equals(slot));
        startedNanos.remove(slot);
        turnNanos.remove(slot);
    }

    /** Sends what the channel takes. */
    void send() {
        while (!waiting.isEmpty() && channel.offer(waiting.getFirst())) {
            waiting.removeFirst();
        }
    }

    /** Takes the slots whose turn has come, and lets one slot forget what has been empty for long. */
    void onTick(Map<SlotId, AnnouncedSlot> slots, long nowNanos, long nowMillis) {
        for (AnnouncedSlot slot : slots.values()) {
            // The first turn is spread over the time between two by the number of the slot.
            long turn = turnNanos.computeIfAbsent(
                    slot.id(), id -> nowNanos + limits.fullEvery().toNanos() / SlotId.COUNT * (id.number() + 1));
            if (nowNanos - turn >= 0) {
                turnNanos.put(slot.id(), turn + limits.fullEvery().toNanos());
                add(slot, nowNanos);
            }
        }
        nextToForget = (nextToForget + 1) % SlotId.COUNT;
        AnnouncedSlot slot = slots.get(new SlotId(nextToForget));
        if (slot != null) {
            slot.forgetEmptied(Math.max(
                    DatumVersion.NONE.stamp().millis(),
                    nowMillis - limits.emptiedKept().toMillis()));
        }
        send();
    }

    long sent() {
        return sent;
    }
}
