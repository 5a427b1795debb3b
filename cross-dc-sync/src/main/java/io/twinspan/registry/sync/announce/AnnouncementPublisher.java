package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Own changes on their way out. What waits is kept by datum, the newest only, so it is bounded by the number of own datums
 * however long the channel takes nothing, and nothing is lost. Not thread-safe; it belongs to one event loop.
 */
public final class AnnouncementPublisher {
    private record Leadership(SlotId slot, LeaderEpoch epoch) {}

    private final DatacenterId own;
    private final NodeId node;
    private final HybridClock clock;
    private final AnnouncementChannel channel;
    private final int maxEntries;
    private final Map<DataInfoId, OwnChange> waiting = new LinkedHashMap<>();
    private final Map<SlotId, Long> sequences = new HashMap<>();
    private long announced;

    /** @param maxEntries most datums in one announcement */
    public AnnouncementPublisher(
            DatacenterId own, NodeId node, HybridClock clock, AnnouncementChannel channel, int maxEntries) {
        this.own = own;
        this.node = node;
        this.clock = clock;
        this.channel = channel;
        this.maxEntries = maxEntries;
    }

    /** Takes a change in; the next {@link #flush} announces it. */
    public void add(OwnChange change) {
        waiting.merge(change.entry().id(), change, OwnChange::newer);
    }

    /** Takes back what was handed to the channel and could not be sent. */
    public void addAgain(Changed unsent) {
        for (DigestEntry entry : unsent.entries()) {
            add(new OwnChange(unsent.slot(), unsent.order().epoch(), entry));
            announced--;
        }
    }

    /**
     * Hands everything that waits to the channel, merged by slot.
     *
     * @return false when the channel had no room for all; the rest waits on
     */
    public boolean flush(Incarnation incarnation) {
        Map<Leadership, List<DigestEntry>> bySlot = new LinkedHashMap<>();
        for (OwnChange change : waiting.values()) {
            bySlot.computeIfAbsent(new Leadership(change.slot(), change.epoch()), key -> new ArrayList<>())
                    .add(change.entry());
        }
        for (Map.Entry<Leadership, List<DigestEntry>> each : bySlot.entrySet()) {
            List<DigestEntry> entries = each.getValue();
            for (int from = 0; from < entries.size(); from += maxEntries) {
                List<DigestEntry> part = entries.subList(from, Math.min(from + maxEntries, entries.size()));
                if (!offer(incarnation, each.getKey(), part)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Datums that wait to be announced. */
    public int waiting() {
        return waiting.size();
    }

    /** Entries handed to the channel since the start, less those it gave back. */
    public long announced() {
        return announced;
    }

    private boolean offer(Incarnation incarnation, Leadership leadership, List<DigestEntry> entries) {
        SlotId slot = leadership.slot();
        long sequence = sequences.getOrDefault(slot, clock.physicalMillis()) + 1;
        AnnouncementOrder order = new AnnouncementOrder(incarnation, leadership.epoch(), sequence);
        if (!channel.offer(new Changed(new Sender(own, node, clock.next()), slot, order, entries))) {
            return false;
        }
        sequences.put(slot, sequence);
        entries.forEach(entry -> waiting.remove(entry.id()));
        announced += entries.size();
        return true;
    }
}
