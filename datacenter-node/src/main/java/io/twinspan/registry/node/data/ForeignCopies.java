package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumWord;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The peers' datums of one slot: what is held of them, when the peer last stood behind it, and whether anybody wants them. Only
 * the peer's leader changes one of these; here they are kept, answered, and asked about.
 */
final class ForeignCopies {
    /** A restart may show what has not changed as that much older than it is. */
    private static final Duration WORDS_SAVED_EVERY = Duration.ofMinutes(5);

    private final DatacenterId own;
    private final SlotEffects effects;
    private final long confirmationNanos;
    private final Duration lingering;
    private final Duration emptied;
    private final DatumStore datums;
    private final InterestTable interest;
    private final HybridClock clock;
    private final ForeignSettings settings;
    private final CustodyWatch custody;
    private final Map<DatumKey, Long> confirmedMillis = new HashMap<>();
    private final Map<DatumKey, Long> savedMillis = new HashMap<>();
    private final Map<DatumKey, Long> confirmedNanos = new HashMap<>();
    private final Set<DataInfoId> wanted = new HashSet<>();
    private final Map<DataInfoId, Long> unwantedNanos = new HashMap<>();

    /** @param words when peers stood behind what is held, as far as that is known */
    ForeignCopies(LedSlot.Surroundings around, DatumStore datums, InterestTable interest, Map<DatumKey, Long> words) {
        this.clock = around.clock();
        this.settings = around.settings().foreign();
        this.confirmedMillis.putAll(words);
        this.savedMillis.putAll(words);
        this.own = around.own();
        this.effects = around.effects();
        this.confirmationNanos = around.settings().foreignConfirmation().toNanos();
        this.lingering = around.settings().retention().interest();
        this.emptied = around.settings().retention().emptied();
        this.datums = datums;
        this.interest = interest;
        this.custody = new CustodyWatch(own, datums, this::age, settings.bound());
    }

    /**
     * Answers from what is held.
     *
     * @param isToBeConfirmed a subscriber has arrived, and may come from the peer with newer content than what is held: whatever
     *     the peer said before counts for nothing, it is asked, and the session is told when it has answered
     */
    DatumAnswer answer(DatumQuery query, boolean isToBeConfirmed, long nowNanos) {
        Optional<Datum> held = datums.find(query.datacenter(), query.id());
        if (held.isEmpty()) {
            return DatumAnswer.unknown(query.datacenter(), query.id());
        }
        DatumKey key = DatumKey.of(held.get());
        if (custody.isTooOld(key)) {
            return DatumAnswer.withdrawn(key.datacenter(), key.id());
        }
        Optional<Datum> left = custody.left(held.get());
        if (left.isPresent()) {
            return DatumAnswer.inCustody(left.get()).by(wordOf(key));
        }
        boolean isConfirmed = !isToBeConfirmed && isConfirmed(key, nowNanos);
        // Emptiness that is not confirmed is taken by nobody: the word was too old when the question came, so there has
        // to be
        // another.
        boolean isEmptyInVain =
                !isConfirmed && held.get().count() == 0 && !held.get().version().equals(query.known());
        if (isToBeConfirmed || isEmptyInVain) {
            effects.confirmForeign(query.datacenter(), query.id());
        }
        return DatumAnswer.of(held.get(), query.known(), isConfirmed).by(wordOf(key));
    }

    private DatumAnswer.Word wordOf(DatumKey key) {
        return new DatumAnswer.Word(Leadership.NONE, confirmedMillis.getOrDefault(key, 0L));
    }

    /** The newest version stays; false when this was an older one. */
    boolean install(Datum datum, long nowNanos, LedSlot slot) {
        Datum held = datums.find(datum.datacenter(), datum.id())
                .orElseGet(() -> Datum.empty(datum.datacenter(), datum.id()));
        if (held.version().isAfter(datum.version())) {
            return false;
        }
        datums.put(datum);
        confirm(DatumKey.of(datum), datum.version(), nowNanos);
        save(DatumWrite.of(slot.id(), held, datum));
        return true;
    }

    /** What a follower holds; nobody has confirmed it since. The newest version stays. */
    void take(Datum datum, long confirmed, LedSlot slot) {
        DatumKey key = DatumKey.of(datum);
        Datum held = find(key).orElseGet(() -> Datum.empty(key.datacenter(), key.id()));
        if (held.version().isAfter(datum.version())) {
            return;
        }
        boolean isNews = datum.version().isAfter(held.version());
        if (isNews) {
            confirmedNanos.remove(key);
            confirmedMillis.remove(key);
        }
        if (confirmed > 0) {
            confirmedMillis.merge(key, confirmed, Math::max);
        }
        if (isNews) {
            datums.put(datum);
            effects.heldForeign(datum);
            save(DatumWrite.of(slot.id(), held, datum));
            tell(key, datum.version());
            if (wanted.contains(datum.id())) {
                effects.confirmForeign(key.datacenter(), datum.id());
            }
        }
    }

    /**
     * The peer's table names these versions as of now: what is held under the same one has not aged. A subscriber that has just
     * arrived still has it confirmed by question, because the table may have been sent before.
     */
    void namedBy(DatacenterId peer, Function<DataInfoId, DatumVersion> table) {
        for (Datum datum : datums.of(peer)) {
            if (datum.version().equals(table.apply(datum.id()))) {
                confirmedMillis.put(DatumKey.of(datum), clock.physicalMillis());
            }
        }
    }

    /**
     * What operators have declared lost is shown only where there is nothing else.
     *
     * @param out datacenters that are to have no clients: taken out, or lost when a failover was forced
     */
    void decide(PolicyTable decided, Set<DatacenterId> out) {
        custody.decide(decided, out);
        tellHidden();
    }

    /** Tells sessions of what is to be hidden, or shown again, since the last look. */
    void tellHidden() {
        for (DatumKey key : held()) {
            if (custody.hasTurned(key)) {
                find(key).ifPresent(datum -> tell(key, datum.version()));
            }
        }
    }

    /** True when the peer's word on it is young enough to act on. */
    boolean isFresh(DatumKey key) {
        return age(key) <= settings.staleAfter().toMillis();
    }

    /** Since the peer last stood behind it; negative for what was never confirmed since that was written down. */
    private long age(DatumKey key) {
        Long confirmed = confirmedMillis.get(key);
        return confirmed == null ? -1 : clock.physicalMillis() - confirmed;
    }

    /** Registrations that are over as is known here, and that a peer which is to have no clients lists for somebody here. */
    int outdated(DatumKey key) {
        return wanted.contains(key.id()) ? custody.outdated(key) : 0;
    }

    /** Keeps on disk and at the followers when peers last stood behind what has not changed since. */
    void saveWords(SlotId slot) {
        for (DatumKey key : held()) {
            long confirmed = confirmedMillis.getOrDefault(key, 0L);
            if (confirmed - savedMillis.getOrDefault(key, 0L) >= WORDS_SAVED_EVERY.toMillis()) {
                find(key).ifPresent(datum -> save(new DatumWrite(slot, datum, Set.of(), Set.of())));
            }
        }
    }

    /**
     * Forgets what is empty, of which the peer has said nothing for as long as it names what it has emptied itself. Its
     * announcements renew its word as long as they name it. As long as somebody looks for it, it stays.
     */
    void forgetEmptied(SlotId slot) {
        for (DatumKey key : held()) {
            find(key).filter(datum -> datum.count() == 0 && isOver(key, datum)).ifPresent(datum -> {
                Datum nothing = Datum.empty(key.datacenter(), key.id());
                datums.put(nothing);
                confirmedMillis.remove(key);
                savedMillis.remove(key);
                confirmedNanos.remove(key);
                custody.forget(key);
                effects.forgotForeign(datum);
                effects.save(DatumWrite.of(slot, datum, nothing));
            });
        }
    }

    private boolean isOver(DatumKey key, Datum empty) {
        long said = Math.max(
                confirmedMillis.getOrDefault(key, 0L), empty.version().stamp().millis());
        return !wanted.contains(key.id()) && clock.physicalMillis() - said > emptied.toMillis();
    }

    /** When the peer last stood behind it. */
    Optional<DatumWord> word(DatumKey key) {
        return Optional.ofNullable(confirmedMillis.get(key)).map(millis -> new DatumWord(key, millis));
    }

    /** The same of all that is held. */
    Map<DatumKey, Long> words() {
        return Map.copyOf(confirmedMillis);
    }

    void confirmed(DatumKey key, DatumVersion version, long nowNanos) {
        Optional<Datum> held = datums.find(key.datacenter(), key.id());
        if (held.isPresent() && held.get().version().equals(version)) {
            confirm(key, version, nowNanos);
        }
    }

    /** To be called after every change of interest in a service. */
    void onInterest(DataInfoId service, long nowNanos) {
        if (!interest.isAnybodyGlobal(service)) {
            if (wanted.contains(service)) {
                unwantedNanos.putIfAbsent(service, nowNanos);
            }
            return;
        }
        unwantedNanos.remove(service);
        if (wanted.add(service)) {
            effects.wantForeign(service, true);
            for (DatumKey key : held()) {
                if (key.id().equals(service) && !isConfirmed(key, nowNanos)) {
                    effects.confirmForeign(key.datacenter(), service);
                }
            }
        }
    }

    void onTick(long nowNanos) {
        if (unwantedNanos.isEmpty()) {
            return;
        }
        List<DataInfoId> over = new ArrayList<>();
        unwantedNanos.forEach((service, since) -> {
            if (nowNanos - since >= lingering.toNanos()) {
                over.add(service);
            }
        });
        over.forEach(this::endInterest);
    }

    /** This node does not lead the slot any more. */
    void onLost() {
        List.copyOf(wanted).forEach(this::endInterest);
    }

    List<DatumKey> held() {
        List<DatumKey> keys = new ArrayList<>();
        for (DatacenterId datacenter : datums.datacenters()) {
            if (!datacenter.equals(own)) {
                datums.of(datacenter).forEach(datum -> keys.add(DatumKey.of(datum)));
            }
        }
        return keys;
    }

    /** What is held of one service. */
    List<DatumKey> held(DataInfoId service) {
        return datums.datacenters().stream()
                .filter(datacenter -> !datacenter.equals(own)
                        && datums.find(datacenter, service).isPresent())
                .map(datacenter -> new DatumKey(datacenter, service))
                .toList();
    }

    Optional<Datum> find(DatumKey key) {
        return datums.find(key.datacenter(), key.id());
    }

    /** True while a peer's datum names an older registration than what was removed here: the tombstone is still needed. */
    boolean listsOlder(DataInfoId service, Tombstone removed) {
        for (DatacenterId datacenter : datums.datacenters()) {
            if (!datacenter.equals(own)
                    && datums.find(datacenter, service)
                            .flatMap(datum -> datum.find(removed.id()))
                            .filter(publisher -> !publisher.order().isAfter(removed.order()))
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private void save(DatumWrite write) {
        DatumKey key = DatumKey.of(write.datum());
        long confirmed = confirmedMillis.getOrDefault(key, 0L);
        savedMillis.put(key, confirmed);
        effects.save(write.confirmedAt(confirmed));
    }

    private void note(DatumKey key, long nowNanos) {
        confirmedNanos.put(key, nowNanos);
        confirmedMillis.put(key, clock.physicalMillis());
    }

    private void confirm(DatumKey key, DatumVersion version, long nowNanos) {
        note(key, nowNanos);
        tell(key, version);
    }

    private void tell(DatumKey key, DatumVersion version) {
        effects.tellSessions(
                interest.globallyInterestedIn(key.id()), new DatumNotice(key.datacenter(), key.id(), version), false);
    }

    private boolean isConfirmed(DatumKey key, long nowNanos) {
        Long since = confirmedNanos.get(key);
        return since != null && nowNanos - since <= confirmationNanos;
    }

    private void endInterest(DataInfoId service) {
        unwantedNanos.remove(service);
        wanted.remove(service);
        effects.wantForeign(service, false);
    }
}
