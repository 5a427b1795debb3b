package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where removals pass that nobody's own word stands behind: judged together before anything goes, held or let happen, and released
 * when the bound is reached or an operator says so. A release for a registration that comes back is the slot's own affair.
 * Belongs to the role's event loop.
 */
final class QuarantineDesk {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineDesk.class);

    /** What became of a removal. */
    record Parted(int removed, int held) {
        static final Parted NOTHING = new Parted(0, 0);
    }

    private record Leaving(LedSlot slot, DataInfoId service, List<Publisher> publishers) {}

    private final LedSlots slots;
    private final HybridClock clock;
    private final QuarantineSettings settings;
    private final Quarantine quarantine;
    private double releasable;
    private long tickedNanos;

    QuarantineDesk(LedSlots slots, HybridClock clock, QuarantineSettings settings, long nowNanos) {
        this.slots = slots;
        this.clock = clock;
        this.settings = settings;
        this.quarantine = new Quarantine(settings);
        this.tickedNanos = nowNanos;
    }

    /** These lives are over: what they own in these slots goes or is held, all of it judged together. */
    Parted part(Map<LedSlot, Set<SessionIncarnation>> over, RemovalCause cause, long nowNanos) {
        List<Leaving> leaving = new ArrayList<>();
        over.forEach((slot, lives) -> ownedBy(slot, lives)
                .forEach((service, publishers) -> leaving.add(new Leaving(slot, service, publishers))));
        if (leaving.isEmpty()) {
            return Parted.NOTHING;
        }
        List<Quarantine.Departure> departures = new ArrayList<>();
        leaving.forEach(each -> each.publishers().forEach(one -> departures.add(departure(each.service(), one))));
        Set<DataInfoId> kept = judge(departures, nowNanos);
        int removed = 0;
        int held = 0;
        for (Leaving each : leaving) {
            if (kept.contains(each.service())) {
                each.publishers().forEach(one -> hold(each.slot(), each.service(), one, cause, nowNanos));
                held += each.publishers().size();
            } else {
                removed += each.slot().remove(each.service(), ids(each.publishers()), nowNanos);
            }
        }
        return new Parted(removed, held);
    }

    /** The services of which nothing may go for now. */
    Set<DataInfoId> judge(Collection<Quarantine.Departure> departures, long nowNanos) {
        if (departures.isEmpty()) {
            return Set.of();
        }
        Quarantine.Present present = new Quarantine.Present(
                service -> slots.find(service)
                        .flatMap(slot -> slot.findOwn(service))
                        .map(datum -> datum.count())
                        .orElse(0),
                service -> slots.find(service)
                        .map(slot -> slot.held().count(service))
                        .orElse(0),
                node -> sum(slot -> slot.sums().count(node)),
                zone -> sum(slot -> slot.sums().countInZone(zone)));
        Set<DataInfoId> kept = new HashSet<>(quarantine.judge(departures, present, nowNanos));
        int room = settings.mostHeld() - sum(slot -> slot.held().count());
        int wanted = departures.stream()
                .filter(each -> kept.contains(each.service()))
                .mapToInt(Quarantine.Departure::publishers)
                .sum();
        if (wanted > room) {
            LOG.error(
                    "quarantine is full, removals happen: services={} publishers={} mostHeld={}",
                    kept.size(),
                    wanted,
                    settings.mostHeld());
            return Set.of();
        }
        if (!kept.isEmpty()) {
            LOG.warn(
                    "removals held, list them by 'twinspan quarantine list': services={} publishers={} bound={}",
                    kept.size(),
                    wanted,
                    settings.bound());
        }
        return kept;
    }

    static Quarantine.Departure departure(DataInfoId service, Publisher publisher) {
        return new Quarantine.Departure(service, publisher.owner().session().node(), publisher.zone(), 1);
    }

    /** Its client has not been seen where it was sent: it stays listed for the bound, unless too much is held already. */
    void holdNotOver(LedSlot slot, DataInfoId service, Publisher publisher, long nowNanos) {
        if (sum(each -> each.held().count()) < settings.mostHeld()) {
            hold(slot, service, publisher, RemovalCause.NOT_OVER, nowNanos);
        } else {
            slot.remove(service, Set.of(publisher.id()), nowNanos);
        }
    }

    void hold(LedSlot slot, DataInfoId service, Publisher publisher, RemovalCause cause, long nowNanos) {
        NodeId session = publisher.owner().session().node();
        slot.held()
                .hold(
                        service,
                        publisher,
                        new HeldEntries.Hold(cause, session, nowNanos, clock.physicalMillis(), false),
                        nowNanos);
    }

    /** Warns at half time, and lets go what has been held for as long as the bound, a few services at a time; returns how many. */
    int onTick(long nowNanos) {
        quarantine.onTick(nowNanos);
        double earned = (nowNanos - tickedNanos) / 1e9 * settings.releasesPerSecond();
        releasable = Math.min(settings.releasesPerSecond(), releasable + earned);
        tickedNanos = nowNanos;
        long bound = settings.bound().toNanos();
        int warned = 0;
        int nearing = 0;
        int overdue = 0;
        int publishers = 0;
        for (LedSlot slot : slots.all()) {
            if (slot.held().count() == 0) {
                continue;
            }
            for (DataInfoId service : slot.held().services()) {
                int open = openAtHalfTime(slot, service, nowNanos);
                warned += open > 0 ? 1 : 0;
                nearing += open;
                Set<RegistrationId> due =
                        idsOf(slot, service, hold -> !hold.isConfirmed() && nowNanos - hold.sinceNanos() >= bound);
                if (!due.isEmpty() && releasable >= 1) {
                    releasable--;
                    overdue++;
                    publishers += slot.remove(service, due, nowNanos);
                }
            }
        }
        if (warned > 0) {
            LOG.warn(
                    "held for half their time, release or confirm them: services={} publishers={} bound={}",
                    warned,
                    nearing,
                    settings.bound());
        }
        if (overdue > 0) {
            LOG.warn("quarantine is over, removals happen: services={} publishers={}", overdue, publishers);
        }
        return publishers;
    }

    /** All that is held, service by service. */
    List<QuarantineReport> report() {
        List<QuarantineReport> all = new ArrayList<>();
        for (LedSlot slot : slots.all()) {
            slot.held().forEach((service, held) -> all.add(report(slot, service, held)));
        }
        return all;
    }

    /** An operator lets the removals happen now. */
    QuarantineChange release(QuarantineChoice choice, long nowNanos) {
        int services = 0;
        int publishers = 0;
        for (LedSlot slot : slots.all()) {
            for (DataInfoId service : slot.held().services()) {
                if (choice.isMeant(service)) {
                    services++;
                    publishers += slot.remove(service, idsOf(slot, service, hold -> true), nowNanos);
                }
            }
        }
        return new QuarantineChange(services, publishers);
    }

    /** An operator says that what is held is to stay until its client or an operator acts. */
    QuarantineChange confirm(QuarantineChoice choice, long nowNanos) {
        int services = 0;
        int publishers = 0;
        for (LedSlot slot : slots.all()) {
            for (DataInfoId service : slot.held().services()) {
                int confirmed = choice.isMeant(service) ? confirm(slot, service, nowNanos) : 0;
                services += confirmed > 0 ? 1 : 0;
                publishers += confirmed;
            }
        }
        return new QuarantineChange(services, publishers);
    }

    /** Said in the entries themselves: followers, the disk and whoever leads next are to know it. */
    private int confirm(LedSlot slot, DataInfoId service, long nowNanos) {
        Set<RegistrationId> open = idsOf(slot, service, hold -> !hold.isConfirmed());
        if (!open.isEmpty()) {
            Datum before = slot.ownOrEmpty(service);
            slot.replace(before, before.kept(open, clock.physicalMillis()), open, nowNanos);
        }
        return open.size();
    }

    /** How many entries of this service operators are to be warned of now. */
    private int openAtHalfTime(LedSlot slot, DataInfoId service, long nowNanos) {
        long half = settings.bound().toNanos() / 2;
        return slot.held()
                .find(service)
                .filter(held -> !held.isWarned())
                .filter(held -> held.holds().values().stream()
                        .anyMatch(hold -> !hold.isConfirmed() && nowNanos - hold.sinceNanos() >= half))
                .map(held -> {
                    held.warned();
                    return held.holds().size();
                })
                .orElse(0);
    }

    private QuarantineReport report(LedSlot slot, DataInfoId service, HeldEntries.OfService held) {
        Map<RemovalCause, Integer> causes = new EnumMap<>(RemovalCause.class);
        Collection<HeldEntries.Hold> holds = held.holds().values();
        holds.forEach(hold -> causes.merge(hold.cause(), 1, Integer::sum));
        return new QuarantineReport(
                service,
                holds.size(),
                slot.findOwn(service).map(datum -> datum.count()).orElse(0),
                causes,
                holds.stream().map(HeldEntries.Hold::session).collect(Collectors.toSet()),
                holds.stream().mapToLong(HeldEntries.Hold::sinceMillis).min().orElse(0),
                holds.stream()
                        .filter(hold -> !hold.isConfirmed())
                        .mapToLong(hold -> hold.sinceMillis() + settings.bound().toMillis())
                        .min()
                        .orElse(0));
    }

    private int sum(ToIntFunction<LedSlot> count) {
        return slots.all().stream().mapToInt(count).sum();
    }

    private static Set<RegistrationId> idsOf(LedSlot slot, DataInfoId service, Predicate<HeldEntries.Hold> isMeant) {
        return slot.held()
                .find(service)
                .map(held -> held.holds().entrySet().stream()
                        .filter(each -> isMeant.test(each.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static Set<RegistrationId> ids(List<Publisher> publishers) {
        return publishers.stream().map(Publisher::id).collect(Collectors.toSet());
    }

    /** What these lives own in a slot, but for what is held already, and for what moves: that outlives its session. */
    private static Map<DataInfoId, List<Publisher>> ownedBy(LedSlot slot, Set<SessionIncarnation> lives) {
        Map<DataInfoId, List<Publisher>> owned = new HashMap<>();
        if (lives.stream().allMatch(life -> slot.sums().count(life) == 0)) {
            return owned;
        }
        for (Datum datum : slot.ownDatums()) {
            List<Publisher> ofDatum = datum.publishers().stream()
                    .filter(publisher -> lives.contains(publisher.owner().session()))
                    .filter(publisher -> !publisher.isMoving() && !slot.held().isHeld(datum.id(), publisher.id()))
                    .toList();
            if (!ofDatum.isEmpty()) {
                owned.put(datum.id(), ofDatum);
            }
        }
        return owned;
    }
}
