package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the peers are told of one slot that this node leads: everything as of a place in the order, and the changes that wait for
 * the next place. Each step of the order is one set of changes, whether or not anybody gets to hear of it: whoever misses one sees
 * the gap. Not thread-safe; it belongs to one event loop.
 */
final class AnnouncedSlot {
    /** Everything at one place in the order. */
    record Frozen(SlotRoot root, List<DigestEntry> entries, long atNanos) {}

    /** One step of the order. */
    record Step(AnnouncementOrder order, List<DigestEntry> entries) {}

    /** How long one frozen digest answers all who ask. */
    static final Duration SHARED = Duration.ofSeconds(1);

    private final SlotId id;
    private final VersionTable table = new VersionTable();
    private final RootRing passed = new RootRing();
    private final Map<DataInfoId, DigestEntry> waiting = new LinkedHashMap<>();
    private AnnouncementOrder order;
    private DatumVersion watermark;
    private @Nullable Frozen frozen;

    /** @param sequence where its order begins; above whatever this node has used in an earlier life */
    AnnouncedSlot(LedStart start, long sequence, long nowNanos) {
        this.id = start.slot();
        this.order = new AnnouncementOrder(
                start.leadership().incarnation(), start.leadership().epoch(), sequence);
        this.watermark = start.watermark();
        start.entries().forEach(this::put);
        passed.add(root(), nowNanos);
    }

    SlotId id() {
        return id;
    }

    Leadership leadership() {
        return order.leadership();
    }

    /** What it comes to now, without what waits. */
    SlotRoot root() {
        return new SlotRoot(id, order, table.count(), table.root(), watermark);
    }

    /** What it came to at an earlier place of the last minute. */
    Optional<SlotRoot> rootAt(AnnouncementOrder earlier) {
        return passed.find(earlier);
    }

    /** A datum has changed; of each the newest waits. */
    void add(DigestEntry entry) {
        waiting.merge(entry.id(), entry, (a, b) -> a.version().isAfter(b.version()) ? a : b);
    }

    int waiting() {
        return waiting.size();
    }

    /** Goes on by what waits, in as many steps as that takes. */
    List<Step> step(int maxEntries, long nowNanos) {
        List<Step> steps = new ArrayList<>();
        List<DigestEntry> all = List.copyOf(waiting.values());
        waiting.clear();
        for (int from = 0; from < all.size(); from += maxEntries) {
            List<DigestEntry> part = all.subList(from, Math.min(from + maxEntries, all.size()));
            part.forEach(this::put);
            order = order.next();
            passed.add(root(), nowNanos);
            steps.add(new Step(order, part));
        }
        return steps;
    }

    /** Everything as of now, or as it was within the last second. */
    Frozen freeze(long nowNanos) {
        if (frozen == null || nowNanos - frozen.atNanos() > SHARED.toNanos()) {
            frozen = new Frozen(root(), table.copy(), nowNanos);
        }
        return frozen;
    }

    /** What was frozen last, when it is of this place. */
    Optional<Frozen> frozenAt(AnnouncementOrder place) {
        return Optional.ofNullable(frozen).filter(each -> each.root().order().equals(place));
    }

    /** Forgets datums that have been empty since before this time, in milliseconds since 1970. */
    void forgetEmptied(long beforeMillis) {
        table.forgetEmpty(entry -> entry.version().stamp().millis() < beforeMillis);
    }

    private void put(DigestEntry entry) {
        table.put(entry);
        if (entry.version().isAfter(watermark)) {
            watermark = entry.version();
        }
    }
}
