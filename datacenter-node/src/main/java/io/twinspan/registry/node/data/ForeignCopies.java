package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The peers' datums of one slot: what is held of them, when the peer last stood behind it, and whether anybody wants them. Only
 * the peer's leader changes one of these; here they are kept, answered, and asked about.
 */
final class ForeignCopies {
    private final DatacenterId own;
    private final SlotEffects effects;
    private final long confirmationNanos;
    private final Duration lingering;
    private final DatumStore datums;
    private final InterestTable interest;
    private final Map<DatumKey, Long> confirmedNanos = new HashMap<>();
    private final Set<DataInfoId> wanted = new HashSet<>();
    private final Map<DataInfoId, Long> unwantedNanos = new HashMap<>();

    ForeignCopies(LedSlot.Surroundings around, DatumStore datums, InterestTable interest) {
        this.own = around.own();
        this.effects = around.effects();
        this.confirmationNanos = around.settings().foreignConfirmation().toNanos();
        this.lingering = around.settings().retention().interest();
        this.datums = datums;
        this.interest = interest;
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
        boolean isConfirmed = !isToBeConfirmed && isConfirmed(DatumKey.of(held.get()), nowNanos);
        if (isToBeConfirmed) {
            effects.confirmForeign(query.datacenter(), query.id());
        }
        return DatumAnswer.of(held.get(), query.known(), isConfirmed);
    }

    /** The newest version stays; false when this was an older one. */
    boolean install(Datum datum, long nowNanos, LedSlot slot) {
        Datum held = datums.find(datum.datacenter(), datum.id())
                .orElseGet(() -> Datum.empty(datum.datacenter(), datum.id()));
        if (held.version().isAfter(datum.version())) {
            return false;
        }
        datums.put(datum);
        effects.save(DatumWrite.of(slot.id(), held, datum));
        confirm(DatumKey.of(datum), datum.version(), nowNanos);
        return true;
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

    private void confirm(DatumKey key, DatumVersion version, long nowNanos) {
        confirmedNanos.put(key, nowNanos);
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
