package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store that lasts as long as this object, for simulations, and for nodes that are to keep nothing. Thread-safe: its monitor
 * guards the maps.
 */
public final class InMemorySnapshotStore implements SnapshotStore {
    private final Map<SlotId, Map<DatumKey, Datum>> datums = new TreeMap<>();
    private final Map<SlotId, Map<DatumKey, Long>> words = new HashMap<>();
    private final Map<SlotId, DatumVersion> ceilings = new HashMap<>();
    private final Map<SlotId, Leadership> ranked = new HashMap<>();

    @Override
    public synchronized SlotSnapshot load(SlotId slot) {
        return new SlotSnapshot(
                ceilings.getOrDefault(slot, DatumVersion.NONE),
                List.copyOf(datums.getOrDefault(slot, Map.of()).values()),
                words.getOrDefault(slot, Map.of()));
    }

    @Override
    public synchronized void save(DatumWrite write) {
        Datum datum = write.datum();
        DatumKey key = DatumKey.of(datum);
        Map<DatumKey, Datum> slot = datums.computeIfAbsent(write.slot(), ignored -> new HashMap<>());
        Map<DatumKey, Long> slotWords = words.computeIfAbsent(write.slot(), ignored -> new HashMap<>());
        slotWords.remove(key);
        if (isNothing(datum)) {
            slot.remove(key);
        } else {
            slot.put(key, datum);
            if (write.confirmedMillis() > 0) {
                slotWords.put(key, write.confirmedMillis());
            }
        }
    }

    @Override
    public synchronized boolean saveCeilings(Map<SlotId, DatumVersion> moved) {
        ceilings.putAll(moved);
        return true;
    }

    @Override
    public synchronized boolean saveRanked(Map<SlotId, Leadership> led) {
        ranked.putAll(led);
        return true;
    }

    @Override
    public synchronized Map<SlotId, Leadership> ranked() {
        return Map.copyOf(ranked);
    }

    @Override
    public synchronized void forget(SlotId slot) {
        datums.remove(slot);
        words.remove(slot);
        ceilings.remove(slot);
    }

    @Override
    public void flush() {}

    @Override
    public Status status() {
        return new Status("", 0, 0);
    }

    @Override
    public void close() {}

    private static boolean isNothing(Datum datum) {
        return datum.version().equals(DatumVersion.NONE)
                && datum.publishers().isEmpty()
                && datum.tombstones().isEmpty();
    }
}
