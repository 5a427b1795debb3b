package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What slot leaders should tell this session of, with a digest of each slot that is kept up to date. */
final class WantedServices {
    private final List<Map<DataInfoId, Interest>> bySlot = new ArrayList<>();
    private final long[] hashes = new long[SlotId.COUNT];

    WantedServices() {
        for (int i = 0; i < SlotId.COUNT; i++) {
            bySlot.add(new LinkedHashMap<>());
        }
    }

    void put(DataInfoId service, boolean isGlobal) {
        int slot = SlotId.of(service).number();
        Interest interest = new Interest(service, isGlobal);
        remove(service);
        bySlot.get(slot).put(service, interest);
        hashes[slot] += SessionDigests.ofInterest(interest);
    }

    void remove(DataInfoId service) {
        int slot = SlotId.of(service).number();
        Interest before = bySlot.get(slot).remove(service);
        if (before != null) {
            hashes[slot] -= SessionDigests.ofInterest(before);
        }
    }

    long hash(SlotId slot) {
        return hashes[slot.number()];
    }

    List<Interest> interests(SlotId slot) {
        return List.copyOf(bySlot.get(slot.number()).values());
    }
}
