package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.VersionMint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One slot that this node leads: the own datums, their versions, and who wants to know. What the peers' datums need is in
 * {@link ForeignCopies}. Until the slot has settled, a datum that changes is answered as the snapshot had it, so that no client
 * is given a list that is short only because its other publishers have not come back yet.
 *
 * <pre>
 * COLD     own datums unknown;             changes taken, told to nobody
 * WARMING  snapshot answered, unconfirmed; changes taken, told to nobody, above the ceiling
 * SETTLED  content answered, confirmed;    changes told to interested sessions and to peers
 * </pre>
 */
final class LedSlot {
    /** What every slot of a node shares. */
    record Surroundings(DatacenterId own, HybridClock clock, DataSettings settings, SlotEffects effects) {}

    private final SlotId id;
    private final Leadership leadership;
    private final DatacenterId own;
    private final HybridClock clock;
    private final DataSettings.Retention retention;
    private final SlotEffects effects;
    private final VersionMint mint;
    private final Warming warming;
    private final DatumStore datums = new DatumStore();
    private final RegistrationSums sums = new RegistrationSums();
    private final HeldEntries held = new HeldEntries(sums);
    private final InterestTable interest = new InterestTable();
    private final ForeignCopies foreign;
    private final HeldBack heldBack = new HeldBack();
    private Set<NodeId> others;
    private Set<SessionIncarnation> listed;
    private long settledNanos;

    LedSlot(LeadershipStart start, Surroundings around, long nowNanos) {
        this.id = start.id();
        this.leadership = start.leadership();
        this.others = start.others();
        this.listed = start.listed();
        this.own = around.own();
        this.clock = around.clock();
        this.retention = around.settings().retention();
        this.effects = around.effects();
        this.foreign =
                new ForeignCopies(around, datums, interest, start.snapshot().words());
        this.warming = new Warming(around.settings(), start, nowNanos);
        this.mint = new VersionMint(epoch(), start.snapshot().ceiling());
        for (Datum datum : start.snapshot().datums()) {
            datums.put(datum);
            if (datum.datacenter().equals(own)) {
                mint.raise(datum.version());
                datum.publishers().forEach(publisher -> held.begin(datum.id(), publisher, nowNanos));
                if (datum.version().isAfter(start.snapshot().ceiling())) {
                    heldBack.hide(datum);
                }
            }
        }
    }

    SlotId id() {
        return id;
    }

    LeaderEpoch epoch() {
        return leadership.epoch();
    }

    Leadership leadership() {
        return leadership;
    }

    /** The nodes that follow. */
    Set<NodeId> others() {
        return others;
    }

    SlotState state() {
        return warming.state();
    }

    RegistrationSums sums() {
        return sums;
    }

    HeldEntries held() {
        return held;
    }

    InterestTable interest() {
        return interest;
    }

    ForeignCopies foreign() {
        return foreign;
    }

    List<Datum> ownDatums() {
        return datums.of(own);
    }

    /** Own and peers'. */
    List<Datum> datums() {
        return datums.all();
    }

    boolean isOwn(DatacenterId datacenter) {
        return datacenter.equals(own);
    }

    Optional<Datum> findOwn(DataInfoId id) {
        return datums.find(own, id);
    }

    Datum ownOrEmpty(DataInfoId service) {
        return findOwn(service).orElseGet(() -> Datum.empty(own, service));
    }

    DatumVersion shownCeiling() {
        return state() == SlotState.COLD ? DatumVersion.NONE : mint.ceiling();
    }

    /** What the next leader begins with, or a follower that this was. */
    SlotSnapshot snapshot() {
        return new SlotSnapshot(shownCeiling(), datums.all(), foreign.words());
    }

    /** Where that is from. */
    Warming.Origin origin() {
        return state() == SlotState.SETTLED ? Warming.Origin.MEMORY : warming.origin();
    }

    /** Who is there now. */
    void onCluster(Set<NodeId> replicas, Set<SessionIncarnation> sessions) {
        others = replicas;
        listed = sessions;
        warming.retainReplicas(replicas);
    }

    /** A follower has these own datums now, at least. */
    void onReplicated(Map<DataInfoId, DatumVersion> there) {
        effects.onReplicated(id(), there);
    }

    /** What settling waits for. */
    Warming warming() {
        return warming;
    }

    /**
     * Takes in what another replica holds of an own service. Once the slot has settled only what sessions own that are still
     * there: of the others it was decided already that they are gone, but for those that move or are kept, of which sessions are not
     * asked.
     */
    void merge(Datum each, DatumVersion theirCeiling, long nowNanos) {
        Datum theirs = each.without(at -> warming.isEnded(at) || isLeftOver(at), this::mint);
        raise(each.version());
        Datum before = ownOrEmpty(each.id());
        Datum after = before.merge(theirs, this::mint);
        if (state() != SlotState.SETTLED && !each.version().isAfter(theirCeiling)) {
            heldBack.onHeldElsewhere(each, before, warming.origin());
        }
        if (after != before) {
            keepBelowCeiling(after.version());
            replace(before, after, DatumWrite.of(id, before, after).touched(), nowNanos);
        }
    }

    private boolean isLeftOver(Publisher each) {
        return state() == SlotState.SETTLED
                && !(each.isMoving() || each.isKept())
                && !listed.contains(each.owner().session());
    }

    /** Everything that this replica held has been taken in. */
    void onMerged(NodeId replica, ReplicaAnswer last) {
        SlotState before = state();
        Warming.Origin from = last.holding().isWhole() ? Warming.Origin.MEMORY : Warming.Origin.DISK;
        warming.onMerged(replica, last.ceiling().equals(DatumVersion.NONE) ? Warming.Origin.NOWHERE : from);
        if (before == SlotState.COLD && state() != SlotState.COLD) {
            DatumVersion ceiling = mint.adoptCeiling(last.ceiling());
            for (Datum each : ownDatums()) {
                // What was taken here goes above the ceiling before that is saved, or the next life would show it.
                if (heldBack.hide(each)) {
                    replace(each, each.withVersion(mint()), Set.of(), settledNanos);
                }
            }
            effects.saveCeiling(id, ceiling);
        }
    }

    /** Somebody has shown versions up to this one; none is minted below, unless it lies too far ahead to be true. */
    boolean raise(DatumVersion floor) {
        if (floor.stamp().millis() > clock.physicalMillis() + HybridClock.MERGE_BOUND.toMillis()) {
            return false;
        }
        mint.raise(floor);
        return true;
    }

    /** True when the slot settled so long ago that whoever has not come back will not. */
    boolean isUnconfirmedTimeOver(long nowNanos) {
        return state() == SlotState.SETTLED
                && nowNanos - settledNanos >= retention.unconfirmed().toNanos();
    }

    Datum.Applied apply(DataInfoId id, List<DatumChange> changes, long nowNanos) {
        Datum before = ownOrEmpty(id);
        Datum.Applied applied = before.apply(changes, clock.physicalMillis(), this::mint);
        HeldEntries.Settled settled = held.settle(before, applied, changes, this::mint, nowNanos);
        Datum after = settled.datum();
        Set<RegistrationId> restarted = settled.restarted();
        warming.onApplied(before, changes, applied.outcomes(), nowNanos);
        if (after == before) {
            return applied;
        }
        Set<RegistrationId> touched = changes.size() == 1 && restarted.isEmpty()
                ? Set.of(changes.get(0).id())
                : Stream.concat(changes.stream().map(DatumChange::id), restarted.stream())
                        .collect(Collectors.toSet());
        replace(before, after, touched, nowNanos);
        return applied;
    }

    /** Takes away what nobody stands behind; returns how many. */
    int remove(DataInfoId service, Set<RegistrationId> gone, long nowNanos) {
        return removeOver(service, gone, Map.of(), nowNanos);
    }

    /** The same of what has gone over to peers, who show it in these versions: subscribers are to have those first. */
    int removeOver(DataInfoId of, Set<RegistrationId> gone, Map<DatacenterId, DatumVersion> seen, long nowNanos) {
        return remove(ownOrEmpty(of), publisher -> gone.contains(publisher.id()), seen, nowNanos);
    }

    /** Takes away what a session owns here and does not name; returns how many. */
    int removeUnnamed(SessionIncarnation session, BiPredicate<DataInfoId, Publisher> isNamed, long nowNanos) {
        int removed = 0;
        for (Datum before : ownDatums()) {
            removed += remove(
                    before,
                    publisher -> publisher.owner().session().equals(session)
                            && !isNamed.test(before.id(), publisher)
                            && !held.isHeld(before.id(), publisher.id())
                            && !publisher.isMoving(),
                    Map.of(),
                    nowNanos);
        }
        return removed;
    }

    DatumAnswer answer(DatumQuery query) {
        DataInfoId id = query.id();
        if (state() == SlotState.SETTLED) {
            return DatumAnswer.of(ownOrEmpty(id), query.known(), true);
        }
        Datum held = heldBack.shown(ownOrEmpty(id));
        boolean isHeld = state() == SlotState.WARMING && !held.version().equals(DatumVersion.NONE);
        return isHeld ? DatumAnswer.of(held, query.known(), false) : DatumAnswer.unknown(own, id);
    }

    /**
     * Somebody holds a higher version than ours. Before the slot has settled only the number is noted: whoever sent this sees
     * after settling what we have, and sends it again if need be.
     *
     * @return false when the number lies too far in the future to be true
     */
    boolean raise(RaiseVersion raised, long nowNanos) {
        DatumVersion floor = raised.floor();
        if (!raise(floor)) {
            return false;
        }
        Datum before = ownOrEmpty(raised.service());
        if (state() == SlotState.SETTLED && floor.isAfter(before.version())) {
            boolean isSame = before.contentHash() == raised.contentHash();
            DatumVersion version = isSame ? floor : mint();
            keepBelowCeiling(version);
            replace(before, before.withVersion(version), Set.of(), nowNanos);
        }
        return true;
    }

    /** Settles when it is time, and then tells everybody everything once; true when it did. */
    boolean onTick(long nowNanos) {
        foreign.onTick(nowNanos);
        if (state() == SlotState.SETTLED && mint.needsCeiling(clock)) {
            saveCeiling();
        }
        if (state() == SlotState.SETTLED || !warming.onTick(nowNanos, listed, sums.sessions())) {
            return false;
        }
        if (warming.origin() == Warming.Origin.MEMORY) {
            effects.expectSessions(sums.sessions());
        }
        settledNanos = nowNanos;
        heldBack.clear();
        saveCeiling();
        effects.leadForPeers(id(), leadership, mint(), ownDatums());
        interest.forEach((service, session) -> effects.tellSessions(
                List.of(session),
                new DatumNotice(own, service, ownOrEmpty(service).version()),
                true));
        return true;
    }

    /** Drops what is not needed any more: old tombstones, and the versions of datums long empty. */
    void clean() {
        long nowMillis = clock.physicalMillis();
        for (Datum datum : ownDatums()) {
            Datum kept = retention.kept(datum, nowMillis, each -> foreign.listsOlder(datum.id(), each));
            if (kept != datum) {
                datums.put(kept);
                effects.save(DatumWrite.of(id(), datum, kept));
            }
        }
    }

    /**
     * Leaves tombstones: a replica that was out of reach still lists these, and must not bring them back. An owner that turns up
     * after all, or whose list was late, is told that they are abandoned, and stamps them anew.
     */
    private int remove(Datum before, Predicate<Publisher> is, Map<DatacenterId, DatumVersion> seen, long nowNanos) {
        List<Publisher> over = before.publishers().stream().filter(is).toList();
        Datum after = before.abandon(over, clock.physicalMillis(), this::mint).following(seen);
        Set<RegistrationId> touched = over.stream().map(Publisher::id).collect(Collectors.toSet());
        if (after != before) {
            replace(before, after, touched, nowNanos);
        }
        return touched.size();
    }

    /** @param touched of which the entries may differ */
    void replace(Datum before, Datum after, Set<RegistrationId> touched, long nowNanos) {
        datums.put(after);
        touched.forEach(each -> held.replace(before, after, each, nowNanos));
        effects.save(DatumWrite.between(id(), before, after, touched));
        if (after.version().equals(before.version())) {
            return;
        }
        if (state() == SlotState.SETTLED) {
            effects.tellSessions(
                    interest.interestedIn(after.id()), new DatumNotice(own, after.id(), after.version()), false);
            effects.tellPeers(id(), epoch(), DigestEntry.of(after));
        } else if (state() == SlotState.WARMING) {
            heldBack.onChanged(before);
        }
    }

    private DatumVersion mint() {
        DatumVersion version = mint.next(clock.next());
        keepBelowCeiling(version);
        return version;
    }

    // What is minted before the slot has settled is shown to nobody and stays above the ceiling until then, so whoever
    // begins with it later sees that it was never confirmed. A cold slot has no ceiling: one on disk says that what is
    // absent is not there.
    private void keepBelowCeiling(DatumVersion version) {
        if (state() == SlotState.SETTLED && version.isAfter(mint.ceiling())) {
            saveCeiling();
        }
    }

    private void saveCeiling() {
        effects.saveCeiling(id(), mint.moveCeiling(clock));
    }
}
