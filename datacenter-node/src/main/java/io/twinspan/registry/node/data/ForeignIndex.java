package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.SlotId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The versions held of peers' datums, for readers on any thread; written on the loop, and ahead of it at an installation. */
final class ForeignIndex {
    private record Held(DatumVersion version, boolean isEmpty) {
        private static final Held NOTHING = new Held(DatumVersion.NONE, false);

        static Held of(Datum datum) {
            return new Held(datum.version(), datum.count() == 0);
        }
    }

    private final Map<DatumKey, Held> held = new ConcurrentHashMap<>();

    private volatile Set<SlotId> led = Set.of();

    boolean isLed(SlotId slot) {
        return led.contains(slot);
    }

    /** True when other slots are led than before. */
    boolean lead(Set<SlotId> slots) {
        boolean isNews = !slots.equals(led);
        led = slots;
        return isNews;
    }

    DatumVersion get(DatumKey key) {
        return held.getOrDefault(key, Held.NOTHING).version();
    }

    /** True when it is held that there is nothing; false when nothing is held. */
    boolean isEmpty(DatumKey key) {
        return held.getOrDefault(key, Held.NOTHING).isEmpty();
    }

    void put(Datum datum) {
        held.put(DatumKey.of(datum), Held.of(datum));
    }

    void raise(Datum datum) {
        held.merge(DatumKey.of(datum), Held.of(datum), (a, b) -> b.version().isAfter(a.version()) ? b : a);
    }

    /** Not of what was raised meanwhile, and is on its way. */
    void forget(Datum datum) {
        held.remove(DatumKey.of(datum), Held.of(datum));
    }

    void remove(DatumKey key) {
        held.remove(key);
    }
}
