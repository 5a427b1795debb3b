package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.SessionDigests;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the clients of this session have registered: the truth that data nodes are repaired from. The digest of each slot is kept
 * up to date with every change. Belongs to the session's event loop.
 */
final class PublisherTable {
    /** The one object that all registrations of a service name it by, and how many there are. */
    private static final class Named {
        private final DataInfoId service;
        private int registrations;

        Named(DataInfoId service) {
            this.service = service;
        }
    }

    private final List<Map<PublisherKey, PublisherEntry>> bySlot = new ArrayList<>();
    private final long[] hashes = new long[SlotId.COUNT];
    private final int[] counts = new int[SlotId.COUNT];
    private final Map<DataInfoId, Named> services = new HashMap<>();
    private final LinkedHashSet<PublisherKey> superseded = new LinkedHashSet<>();
    private int inForce;

    PublisherTable() {
        for (int i = 0; i < SlotId.COUNT; i++) {
            bySlot.add(new LinkedHashMap<>());
        }
    }

    /** The name as the registrations that are here already have it: a client sends it anew each time. */
    DataInfoId shared(DataInfoId service) {
        Named named = services.get(service);
        return named == null ? service : named.service;
    }

    Optional<PublisherEntry> find(PublisherKey key) {
        return Optional.ofNullable(slot(key).get(key));
    }

    void put(PublisherEntry entry) {
        count(entry, 1);
        if (entry.isSuperseded() && !entry.isOff()) {
            superseded.add(entry.key());
        } else {
            superseded.remove(entry.key());
        }
        PublisherEntry before = slot(entry.key()).put(entry.key(), entry);
        if (before != null) {
            count(before, -1);
        } else {
            services.computeIfAbsent(entry.key().service(), Named::new).registrations++;
        }
    }

    void remove(PublisherKey key) {
        PublisherEntry before = slot(key).remove(key);
        if (before != null) {
            count(before, -1);
            superseded.remove(key);
            Named named = services.get(key.service());
            if (named != null && --named.registrations == 0) {
                services.remove(key.service());
            }
        }
    }

    /** Registrations of a service, in force or not. */
    int registrations(DataInfoId service) {
        Named named = services.get(service);
        return named == null ? 0 : named.registrations;
    }

    /** Registrations in force. */
    int count() {
        return inForce;
    }

    int count(SlotId slot) {
        return counts[slot.number()];
    }

    long hash(SlotId slot) {
        return hashes[slot.number()];
    }

    /** All registrations of a slot that are in force, and those superseded, which the leader may have again by now. */
    List<SyncPublishers.Entry> entries(SlotId slot) {
        return bySlot.get(slot.number()).values().stream()
                .filter(entry -> !entry.isOff())
                .map(PublisherTable::offer)
                .toList();
    }

    /** The superseded ones, no more than {@code most} at a time and all in turn. */
    List<SyncPublishers.Entry> nextSuperseded(int most) {
        List<PublisherKey> keys = superseded.stream().limit(most).toList();
        List<SyncPublishers.Entry> offers = new ArrayList<>(keys.size());
        for (PublisherKey key : keys) {
            superseded.remove(key);
            superseded.add(key);
            find(key).map(PublisherTable::offer).ifPresent(offers::add);
        }
        return offers;
    }

    private static SyncPublishers.Entry offer(PublisherEntry entry) {
        return new SyncPublishers.Entry(entry.key().service(), entry.publisher());
    }

    private Map<PublisherKey, PublisherEntry> slot(PublisherKey key) {
        return bySlot.get(SlotId.of(key.service()).number());
    }

    private void count(PublisherEntry entry, int sign) {
        if (entry.isInForce()) {
            int slot = SlotId.of(entry.key().service()).number();
            hashes[slot] += sign * SessionDigests.ofPublisher(entry.key().service(), entry.publisher());
            counts[slot] += sign;
            inForce += sign;
        }
    }
}
