package io.twinspan.registry.sync;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.LedStart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the slots led here tell, on its way to the sync's loop without ever waiting for it. Of each datum only the newest waits, so
 * a loop that is behind is bounded by what the slots hold. What is taken at one time is everything up to that time: no version is
 * taken while a lower one of its slot stays behind, which is what watermarks rely on.
 */
final class OwnNews {
    /** A change of one datum. */
    record Change(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {}

    /**
     * What is new of one slot: first whether it is led, or not any more, then what has changed since.
     *
     * @param start what it began with, when that is news
     * @param isLost true when it is not led any more, or was not for a while
     */
    record OfSlot(SlotId slot, @Nullable LedStart start, boolean isLost, List<Change> changes) {}

    private static final class Waiting {
        private @Nullable LedStart start;
        private boolean isLost;
        private final Map<DataInfoId, Change> changes = new LinkedHashMap<>();
    }

    private final Executor loop;
    private final Consumer<List<OfSlot>> reader;
    // Guards what waits, for the moment that adding or taking it takes.
    private final Object lock = new Object();
    private Map<SlotId, Waiting> waiting = new LinkedHashMap<>();
    private boolean isScheduled;

    OwnNews(Executor loop, Consumer<List<OfSlot>> reader) {
        this.loop = loop;
        this.reader = reader;
    }

    void lead(LedStart start) {
        put(start.slot(), slot -> {
            slot.start = start;
            slot.changes.clear();
        });
    }

    void unlead(SlotId id) {
        put(id, slot -> {
            slot.start = null;
            slot.isLost = true;
            slot.changes.clear();
        });
    }

    void change(SlotId id, LeaderEpoch epoch, DigestEntry entry) {
        put(
                id,
                slot -> slot.changes.merge(
                        entry.id(),
                        new Change(id, epoch, entry),
                        (a, b) -> a.entry().version().isAfter(b.entry().version()) ? a : b));
    }

    private void put(SlotId id, Consumer<Waiting> change) {
        boolean isFirst;
        synchronized (lock) {
            change.accept(waiting.computeIfAbsent(id, none -> new Waiting()));
            isFirst = !isScheduled;
            isScheduled = true;
        }
        if (isFirst) {
            loop.execute(this::read);
        }
    }

    private void read() {
        Map<SlotId, Waiting> taken;
        synchronized (lock) {
            taken = waiting;
            waiting = new LinkedHashMap<>();
            isScheduled = false;
        }
        List<OfSlot> news = new ArrayList<>(taken.size());
        taken.forEach(
                (id, slot) -> news.add(new OfSlot(id, slot.start, slot.isLost, List.copyOf(slot.changes.values()))));
        reader.accept(news);
    }
}
