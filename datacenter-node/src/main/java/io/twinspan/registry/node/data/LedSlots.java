package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.VersionMint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots this node leads by the newest table it has heard of. One that the table takes away is let go before the next answer;
 * one that it gives is loaded from the store. A node whose clock is not fit to lead takes on no slot until it is; what it leads
 * already it keeps, because its own readings do not jump.
 */
final class LedSlots {
    private static final Logger LOG = LoggerFactory.getLogger(LedSlots.class);

    private final NodeId self;
    private final SnapshotStore store;
    private final LedSlot.Surroundings around;
    private final ForeignIndex index;
    private final LongSupplier nanos;
    private final Map<SlotId, LedSlot> led = new TreeMap<>();
    private SlotTable table = SlotTable.EMPTY;
    private boolean isUnfitReported;

    LedSlots(NodeId self, SnapshotStore store, LedSlot.Surroundings around, ForeignIndex index, LongSupplier nanos) {
        this.self = self;
        this.store = store;
        this.around = around;
        this.index = index;
        this.nanos = nanos;
    }

    Optional<LedSlot> find(SlotId id) {
        return Optional.ofNullable(led.get(id));
    }

    Optional<LedSlot> find(DataInfoId service) {
        return find(SlotId.of(service));
    }

    Collection<LedSlot> all() {
        return led.values();
    }

    /** Slots that the table gives to this node. */
    int assigned() {
        return table.ledBy(self).size();
    }

    /** True when a table is known and every slot it gives to this node takes registrations. */
    boolean isWorking() {
        return !table.slots().isEmpty() && assigned() == led.size();
    }

    /** Follows the cluster. Called for every news and again on each tick, for what had to wait. */
    void follow(ClusterState cluster) {
        SlotTable newer = cluster.table();
        boolean isOlder = newer.epoch().incarnation().equals(table.epoch().incarnation())
                && table.epoch().isAfter(newer.epoch());
        // A table without slots is that of a meta that has just begun; it takes nothing from anybody.
        if (!newer.slots().isEmpty() && !isOlder) {
            table = newer;
        }
        List<Slot> given = table.ledBy(self);
        lose(given);
        gain(given.stream().filter(slot -> !led.containsKey(slot.id())).toList());
    }

    /** Settles what is due. */
    void onTick() {
        int settled = 0;
        for (LedSlot slot : led.values()) {
            if (slot.onTick(nanos.getAsLong())) {
                settled++;
            }
        }
        if (settled > 0) {
            LOG.info("slots settled: count={} led={}", settled, led.size());
        }
    }

    private void lose(List<Slot> given) {
        Map<SlotId, Slot> stays = new TreeMap<>();
        given.forEach(slot -> stays.put(slot.id(), slot));
        List<LedSlot> lost = led.values().stream()
                .filter(slot -> {
                    Slot now = stays.get(slot.id());
                    return now == null || !now.epoch().equals(slot.epoch());
                })
                .toList();
        for (LedSlot slot : lost) {
            led.remove(slot.id());
            slot.foreign().held().forEach(index::remove);
            slot.foreign().onLost();
        }
        if (!lost.isEmpty()) {
            LOG.info(
                    "slots let go: count={} table={}",
                    lost.size(),
                    table.epoch().number());
        }
    }

    private void gain(List<Slot> gained) {
        if (gained.isEmpty()) {
            return;
        }
        if (!around.clock().isFitToLead()) {
            if (!isUnfitReported) {
                isUnfitReported = true;
                LOG.error(
                        "clock is not fit to lead, slots wait: count={} deviationMillis={}",
                        gained.size(),
                        around.clock().deviationMillis());
            }
            return;
        }
        isUnfitReported = false;
        int cold = 0;
        store.expect(gained.stream().map(Slot::id).toList());
        for (Slot slot : gained) {
            LedSlot young = new LedSlot(slot, load(slot.id()), around, nanos.getAsLong());
            led.put(slot.id(), young);
            for (DatumKey key : young.foreign().held()) {
                young.foreign().find(key).ifPresent(datum -> index.put(key, datum.version()));
            }
            cold += young.state() == SlotState.COLD ? 1 : 0;
        }
        // Operators' scripts look for "to WORK".
        LOG.info(
                "slots to WORK: count={} cold={} warming={} table={}",
                gained.size(),
                cold,
                gained.size() - cold,
                table.epoch().number());
    }

    private SlotSnapshot load(SlotId id) {
        try {
            SlotSnapshot snapshot = store.load(id);
            if (isTooOld(snapshot.ceiling())) {
                LOG.warn(
                        "snapshot is too old to be served, forgotten: slot={} datums={}",
                        id,
                        snapshot.datums().size());
                store.forget(id);
                return SlotSnapshot.EMPTY;
            }
            return snapshot;
        } catch (SnapshotStoreException unreadable) {
            LOG.error("snapshot cannot be read, slot begins empty: slot={}", id, unreadable);
            return SlotSnapshot.EMPTY;
        }
    }

    // The ceiling is renewed while a slot is led, so it says when the snapshot was last known to be right.
    private boolean isTooOld(DatumVersion ceiling) {
        long lastLedMillis = ceiling.stamp().millis() - VersionMint.CEILING_AHEAD.toMillis();
        return !ceiling.equals(DatumVersion.NONE)
                && around.clock().physicalMillis() - lastLedMillis
                        > around.settings().retention().snapshot().toMillis();
    }

    /** All own datums of all slots. */
    List<Datum> ownDatums() {
        List<Datum> datums = new ArrayList<>();
        led.values().forEach(slot -> datums.addAll(slot.ownDatums()));
        return datums;
    }
}
