package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.SlotId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node holds of slots that it does not lead, in memory while it follows them; and what it finds of a slot on disk. */
final class FollowedSlots {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedSlots.class);

    private static final long NEVER = Long.MIN_VALUE / 2;

    /**
     * A leader that has brought nothing for so many promotion times before it is succeeded was cut off before it died, and may have
     * gone on alone. One is what a promotion waits for, and the others are what meta takes to find a leader of its own first.
     */
    private static final int MOST_PROMOTIONS_IN_SILENCE = 3;

    private final SnapshotStore store;
    private final LedSlot.Surroundings around;
    private final EventLoop loop;
    private final Map<SlotId, FollowedSlot> followed = new TreeMap<>();
    private final Map<SlotId, NodeId> leaders = new HashMap<>();
    private final Map<NodeId, Long> heardNanos = new HashMap<>();
    private final Map<NodeId, Long> broughtNanos = new HashMap<>();
    private final Map<SlotId, Long> heldNanos = new HashMap<>();
    private long sinceNanos;
    private long awayNanos = NEVER;
    private boolean isSomeLeftBehind;
    private long tickedNanos;

    FollowedSlots(SnapshotStore store, LedSlot.Surroundings around, EventLoop loop) {
        this.store = store;
        this.around = around;
        this.loop = loop;
        this.sinceNanos = loop.nanos();
        this.tickedNanos = sinceNanos;
    }

    /** A leader of slots that are followed here lives. */
    void onWordOf(NodeId leader) {
        heardNanos.put(leader, loop.nanos());
    }

    /** A leader does not only live but says what there is: one that gets no answers from here goes on alone, and only asks for one. */
    void onBrought(NodeId leader) {
        broughtNanos.put(leader, loop.nanos());
    }

    /** Of what this node follows that leader in it is being told everything; unless that was said before a pause and is read only now. */
    void onAllOf(NodeId leader) {
        boolean isSaidSince = !isOwnPause()
                && loop.nanos() - awayNanos
                        > around.settings().replication().timeout().toNanos();
        if (isSomeLeftBehind && isSaidSince) {
            isSomeLeftBehind = false;
            followed.forEach((id, slot) -> {
                if (leader.equals(leaders.get(id))) {
                    slot.catchUp();
                }
                isSomeLeftBehind |= slot.isLeftBehind();
            });
        }
    }

    /** Who brings the content of a slot. */
    void onLeader(SlotId id, NodeId leader) {
        leaders.put(id, leader);
    }

    /** After a pause of our own everybody has been silent; that says nothing about them, but that they may have gone on without us. */
    void onTick() {
        if (isOwnPause()) {
            heardNanos.clear();
            sinceNanos = loop.nanos();
            awayNanos = sinceNanos;
            isSomeLeftBehind = true;
            followed.values().forEach(FollowedSlot::leaveBehind);
        }
        tickedNanos = loop.nanos();
    }

    /** True when the leader of a slot, by the table or by what it brought, was heard of within the promotion time. */
    boolean isLeaderHeard(SlotId id, NodeId byTable) {
        long last = Math.max(sinceNanos, heardNanos.getOrDefault(leaders.getOrDefault(id, byTable), sinceNanos));
        return isOwnPause() || loop.nanos() - last < promotionNanos();
    }

    private boolean isOwnPause() {
        return loop.nanos() - tickedNanos > promotionNanos() / 2;
    }

    private long promotionNanos() {
        return around.settings().replication().promotion().toNanos();
    }

    /** The slot as it is here; from disk when it is not in memory. */
    FollowedSlot get(SlotId id) {
        return followed.computeIfAbsent(id, ignored -> follow(id, load(id), Warming.Origin.DISK));
    }

    /** A leader becomes a follower with what it has; one that has just been away may have been followed by another meanwhile. */
    void put(LedSlot led) {
        FollowedSlot slot = follow(led.id(), led.snapshot(), led.origin());
        if (isOwnPause() || loop.nanos() - awayNanos < promotionNanos()) {
            slot.leaveBehind();
            isSomeLeftBehind = true;
        }
        followed.put(led.id(), slot);
    }

    /** Takes out what a leader is to begin with. */
    FollowedSlot take(SlotId id) {
        FollowedSlot slot = get(id);
        if (isOwnPause() || isCutOff(id)) {
            slot.leaveBehind();
        }
        followed.remove(id);
        leaders.remove(id);
        heldNanos.remove(id);
        return slot;
    }

    private boolean isCutOff(SlotId id) {
        NodeId leader = leaders.get(id);
        long brought = leader == null ? NEVER : broughtNanos.getOrDefault(leader, NEVER);
        long last = Math.max(brought, heldNanos.getOrDefault(id, NEVER));
        return loop.nanos() - last > MOST_PROMOTIONS_IN_SILENCE * promotionNanos();
    }

    /** These are about to be asked for, one after the other. */
    void expect(Collection<SlotId> ids) {
        store.expect(ids.stream().filter(id -> !followed.containsKey(id)).toList());
    }

    /** Forgets, in memory, all but these. */
    void retain(Set<SlotId> ids) {
        followed.keySet().retainAll(ids);
        leaders.keySet().retainAll(ids);
        heldNanos.keySet().retainAll(ids);
    }

    private FollowedSlot follow(SlotId id, SlotSnapshot snapshot, Warming.Origin origin) {
        heldNanos.put(id, loop.nanos());
        return new FollowedSlot(id, snapshot, origin, new FollowedSlot.Sharing(mostHeld(), store::save));
    }

    private int mostHeld() {
        return around.settings().replication().mostInCall();
    }

    private SlotSnapshot load(SlotId id) {
        try {
            SlotSnapshot snapshot = store.load(id);
            if (isTooOld(snapshot)) {
                LOG.warn(
                        "snapshot is too old to be served, forgotten: slot={} datums={}",
                        id,
                        snapshot.datums().size());
                store.forget(id);
                return onlyForeign(id, snapshot);
            }
            return snapshot;
        } catch (SnapshotStoreException unreadable) {
            LOG.error("snapshot cannot be read, slot begins empty: slot={}", id, unreadable);
            return SlotSnapshot.EMPTY;
        }
    }

    /** How old a peer's datum may be to be served does not depend on how long this node was away. */
    private SlotSnapshot onlyForeign(SlotId id, SlotSnapshot old) {
        List<Datum> kept = old.datums().stream()
                .filter(each -> !each.datacenter().equals(around.own()))
                .toList();
        for (Datum each : kept) {
            DatumKey key = DatumKey.of(each);
            Datum none = Datum.empty(key.datacenter(), key.id());
            store.save(DatumWrite.of(id, none, each).confirmedAt(old.words().getOrDefault(key, 0L)));
        }
        return new SlotSnapshot(DatumVersion.NONE, kept, old.words());
    }

    private boolean isTooOld(SlotSnapshot snapshot) {
        return !snapshot.ceiling().equals(DatumVersion.NONE)
                && around.clock().physicalMillis() - snapshot.lastLedMillis()
                        > around.settings().retention().snapshot().toMillis();
    }
}
