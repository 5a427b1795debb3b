package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots this node leads by the newest table it has heard of, unless another data node has named a later leadership. One that
 * is lost is let go before the next answer, and followed; one that is gained begins with what was followed, or is loaded from the
 * store. A node whose clock is not fit to lead takes on no slot until it is; what it leads already it keeps, because its own
 * readings do not jump.
 */
final class LedSlots {
    /** How slots are replicated. */
    record Ports(EventLoop loop, PeerClient peers) {}

    private static final Logger LOG = LoggerFactory.getLogger(LedSlots.class);

    /**
     * So long a node whose clock is wrong leaves the table's slots alone: meta hears of the clock within a second and gives them to
     * another. Who is named still is the only one, and lists from a node with a wrong clock are better than none.
     */
    static final Duration WAITS_FOR_ANOTHER = Duration.ofSeconds(10);

    private final NodeId self;
    private final SnapshotStore store;
    private final LedSlot.Surroundings around;
    private final ForeignIndex index;
    private final EventLoop loop;
    private final FollowedSlots followed;
    private final Replication replication;
    private final Map<SlotId, LedSlot> led = new TreeMap<>();
    private @Nullable Set<SlotId> ids;
    private final Map<SlotId, Leadership> heard = new HashMap<>();
    private ClusterState cluster;
    private SlotTable table = SlotTable.EMPTY;
    private @Nullable Long unfitSinceNanos;
    private PolicyTable policies = PolicyTable.EMPTY;
    private Set<DatacenterId> out = Set.of();

    /** True when following the same cluster once more would come to nothing. */
    private boolean isFollowed;

    LedSlots(NodeId self, SnapshotStore store, LedSlot.Surroundings around, ForeignIndex index, Ports ports) {
        this.self = self;
        this.store = store;
        this.heard.putAll(store.ranked());
        this.around = around;
        this.index = index;
        this.loop = ports.loop();
        this.followed = new FollowedSlots(store, around, loop);
        this.cluster = ClusterState.unknown(around.own());
        this.replication = new Replication(
                self,
                around.clock(),
                new ReplicaLink.Ports(
                        loop,
                        ports.peers(),
                        around.settings().replication(),
                        refused -> hear(refused.slot().id(), refused.answer().known())));
    }

    FollowedSlots followed() {
        return followed;
    }

    Replication replication() {
        return replication;
    }

    SlotTable table() {
        return table;
    }

    /** How the slots led here are, for meta. */
    List<SlotReport> reports() {
        return replication.reports(led.values(), loop.nanos());
    }

    /** The latest leadership of a slot that this node has heard of, from meta or from another data node. */
    Leadership known(SlotId id) {
        return heard.getOrDefault(id, Leadership.NONE).orLater(byTable(id));
    }

    /** Somebody leads this slot; whoever led it here before stops before anything else is answered. */
    void hear(SlotId id, Leadership leadership) {
        heard.merge(id, leadership, Leadership::orLater);
        find(id).filter(slot -> leadership.isAfter(slot.leadership())).ifPresent(slot -> {
            letGo(slot);
            isFollowed = false;
            LOG.info("slot let go, another leads it: slot={} epoch={}", id, leadership.epoch());
            replicate();
        });
    }

    Optional<LedSlot> find(SlotId id) {
        return Optional.ofNullable(led.get(id));
    }

    Optional<LedSlot> find(DataInfoId service) {
        return find(SlotId.of(service));
    }

    Set<SlotId> ids() {
        Set<SlotId> known = ids == null ? Set.copyOf(led.keySet()) : ids;
        ids = known;
        return known;
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
        return !table.slots().isEmpty()
                && table.ledBy(self).stream()
                        .allMatch(slot ->
                                led.containsKey(slot.id()) || known(slot.id()).isAfter(byTable(slot.id())));
    }

    /** Follows the cluster. Called for every news and again on each tick, for what had to wait. */
    void follow(ClusterState newest) {
        boolean isNews = !newest.equals(cluster);
        if (isFollowed && !isNews) {
            return;
        }
        SlotTable newer = newest.table();
        boolean isOlder = newer.epoch().incarnation().equals(table.epoch().incarnation())
                && table.epoch().isAfter(newer.epoch());
        // A table without slots is that of a meta that has just begun; it takes nothing from anybody.
        if (!newer.slots().isEmpty() && !isOlder) {
            table = newer;
        }
        cluster = newest;
        int before = led.size();
        boolean hasLost = lose();
        List<Slot> gained = table.slots().stream().filter(this::isToGain).toList();
        gain(gained);
        isFollowed = gained.stream().allMatch(slot -> led.containsKey(slot.id()));
        if (isNews || hasLost || before != led.size()) {
            Set<SlotId> here = table.slots().stream()
                    .filter(slot -> slot.rankOf(self) >= 0)
                    .map(Slot::id)
                    .collect(Collectors.toSet());
            followed.retain(here);
            Set<SessionIncarnation> sessions = sessions();
            led.values().forEach(slot -> slot.onCluster(others(slot.id()), sessions));
            replicate();
        }
    }

    /** What operators have decided about peers, for all that is led and will be. */
    void decide(PolicyTable decided) {
        policies = decided;
        led.values().forEach(slot -> slot.foreign().decide(policies, out));
    }

    /** Which datacenters are to have no clients, for all that is led and will be. */
    void takeOut(Set<DatacenterId> areOut) {
        out = areOut;
        led.values().forEach(slot -> slot.foreign().decide(policies, out));
    }

    /** Settles what is due. */
    void onTick() {
        int settled = 0;
        for (LedSlot slot : led.values()) {
            if (slot.onTick(loop.nanos())) {
                settled++;
            }
        }
        if (settled > 0) {
            LOG.info("slots settled: count={} led={}", settled, led.size());
        }
        followed.onTick();
        replication.onTick();
    }

    /**
     * Leads a slot under the rank of this node, when the table gives it this leadership, no later one is known, and its leader is
     * silent. That outlives the process: peers have heard of this leadership, and of the one before it they take nothing any more,
     * so this node leads again as soon as it follows that table again.
     */
    Optional<LedSlot> leadByRank(SlotId id, Leadership byAsker) {
        Slot slot = table.find(id).orElse(null);
        if (slot == null || slot.rankOf(self) < 1 || !byTable(id).equals(byAsker)) {
            return Optional.empty();
        }
        Leadership ranked = byRank(slot);
        if (known(id).isAfter(ranked)
                || followed.isLeaderHeard(id, slot.leader())
                || !around.clock().isFitToLead()) {
            return Optional.empty();
        }
        LOG.warn(
                "slot led by rank, its leader is silent: slot={} epoch={} leader={}",
                id,
                ranked.epoch(),
                slot.leader());
        heard.merge(id, ranked, Leadership::orLater);
        // The store reports by itself when it cannot write.
        store.saveRanked(Map.of(id, ranked));
        isFollowed = false;
        LedSlot led = lead(id, ranked);
        replicate();
        return Optional.of(led);
    }

    private void replicate() {
        replication.follow(led.values(), table, cluster);
    }

    private boolean lose() {
        // One that is led by rank stays while the table has nothing later to say.
        List<LedSlot> lost = led.values().stream()
                .filter(slot -> byTable(slot.id()).isAfter(slot.leadership())
                        || table.find(slot.id())
                                .filter(now -> now.rankOf(self) >= 0)
                                .isEmpty())
                .toList();
        lost.forEach(this::letGo);
        if (!lost.isEmpty()) {
            LOG.info(
                    "slots let go: count={} table={}",
                    lost.size(),
                    table.epoch().number());
        }
        return !lost.isEmpty();
    }

    private void letGo(LedSlot slot) {
        led.remove(slot.id());
        ids = null;
        around.effects().unleadForPeers(slot.id());
        slot.foreign().held().forEach(index::remove);
        slot.foreign().onLost();
        followed.put(slot);
    }

    /** Those that the table gives to this node, and those it has led by rank in an earlier life. */
    private boolean isToGain(Slot slot) {
        return slot.rankOf(self) >= 0
                && !led.containsKey(slot.id())
                && known(slot.id()).equals(byRank(slot));
    }

    private void gain(List<Slot> gained) {
        if (gained.isEmpty() || !isToWaitForAnother(gained.size())) {
            unfitSinceNanos = null;
        } else {
            return;
        }
        int cold = 0;
        followed.expect(gained.stream().map(Slot::id).toList());
        for (Slot slot : gained) {
            cold += lead(slot.id(), byRank(slot)).state() == SlotState.COLD ? 1 : 0;
        }
        // Operators' scripts look for "to WORK".
        LOG.info(
                "slots to WORK: count={} cold={} warming={} table={}",
                gained.size(),
                cold,
                gained.size() - cold,
                table.epoch().number());
    }

    private boolean isToWaitForAnother(int count) {
        if (around.clock().isFitToLead()) {
            return false;
        }
        long deviation = around.clock().deviationMillis();
        if (unfitSinceNanos == null) {
            unfitSinceNanos = loop.nanos();
            LOG.error("clock is not fit to lead, slots wait: count={} deviationMillis={}", count, deviation);
        }
        boolean isToWait = loop.nanos() - unfitSinceNanos < WAITS_FOR_ANOTHER.toNanos();
        if (!isToWait) {
            LOG.error("led with a wrong clock, as no other is to lead: count={} deviationMillis={}", count, deviation);
        }
        return isToWait;
    }

    private LedSlot lead(SlotId id, Leadership leadership) {
        FollowedSlot base = followed.take(id);
        SlotSnapshot snapshot = base.snapshot();
        LedSlot young = new LedSlot(
                new LeadershipStart(
                        id,
                        leadership,
                        snapshot,
                        snapshot.ceiling().equals(DatumVersion.NONE) ? Warming.Origin.NOWHERE : base.origin(),
                        others(id),
                        sessions()),
                around,
                loop.nanos());
        young.foreign().decide(policies, out);
        led.put(id, young);
        ids = null;
        for (DatumKey key : young.foreign().held()) {
            young.foreign().find(key).ifPresent(index::put);
        }
        return young;
    }

    private Leadership byTable(SlotId id) {
        return table.find(id)
                .map(slot -> new Leadership(table.epoch().incarnation(), slot.epoch()))
                .orElse(Leadership.NONE);
    }

    /** Under which this node leads, if it does. */
    private Leadership byRank(Slot slot) {
        return new Leadership(table.epoch().incarnation(), slot.epoch().atRank(slot.rankOf(self)));
    }

    private Set<NodeId> others(SlotId id) {
        return table.find(id).stream()
                .flatMap(slot -> slot.replicas().stream())
                .filter(node -> !node.equals(self))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<SessionIncarnation> sessions() {
        return cluster.inRole(NodeRole.SESSION).stream()
                .map(member -> new SessionIncarnation(member.node(), member.incarnation()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All own datums of all slots. */
    List<Datum> ownDatums() {
        List<Datum> datums = new ArrayList<>();
        led.values().forEach(slot -> datums.addAll(slot.ownDatums()));
        return datums;
    }
}
