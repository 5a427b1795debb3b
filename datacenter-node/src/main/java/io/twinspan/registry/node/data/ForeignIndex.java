package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.SlotId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The versions held of peers' datums, for readers on any thread; written on the loop, and ahead of it at an installation. */
final class ForeignIndex {
    private final Map<DatumKey, DatumVersion> versions = new ConcurrentHashMap<>();

    private final Set<SlotId> led = ConcurrentHashMap.newKeySet();

    boolean isLed(SlotId slot) {
        return led.contains(slot);
    }

    /** True when other slots are led than before. */
    boolean lead(Set<SlotId> slots) {
        boolean hasGained = led.addAll(slots);
        boolean hasLost = led.retainAll(slots);
        return hasGained || hasLost;
    }

    DatumVersion get(DatumKey key) {
        return versions.getOrDefault(key, DatumVersion.NONE);
    }

    void put(DatumKey key, DatumVersion version) {
        versions.put(key, version);
    }

    void raise(DatumKey key, DatumVersion version) {
        versions.merge(key, version, (a, b) -> b.isAfter(a) ? b : a);
    }

    void remove(DatumKey key) {
        versions.remove(key);
    }
}
