package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RemovalCause;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The registrations of one slot that are listed although their removal was asked for. They count for no session and no lease.
 * What an operator has confirmed stands in the publisher's own row, so that whoever leads the slot next keeps it too; of the rest
 * nothing is left then, and it is judged anew.
 */
final class HeldEntries {
    /**
     * Why and since when.
     *
     * @param session node whose clients these were
     * @param sinceMillis the same moment for people, since 1970
     * @param isConfirmed an operator has said that it is to stay
     */
    record Hold(RemovalCause cause, NodeId session, long sinceNanos, long sinceMillis, boolean isConfirmed) {
        /** Of one that a former leader held. Why is not known any more, only that nobody has stood behind it since. */
        static Hold taken(Publisher kept, long nowNanos) {
            return new Hold(
                    RemovalCause.UNCONFIRMED, kept.owner().session().node(), nowNanos, kept.keptSinceMillis(), true);
        }

        Hold confirmed() {
            return new Hold(cause, session, sinceNanos, sinceMillis, true);
        }
    }

    /** What is held of one service. */
    static final class OfService {
        private final Map<RegistrationId, Hold> holds = new HashMap<>();
        private boolean isWarned;

        Map<RegistrationId, Hold> holds() {
            return holds;
        }

        /** True when operators have been warned of the nearing end. */
        boolean isWarned() {
            return isWarned;
        }

        void warned() {
            isWarned = true;
        }
    }

    /**
     * A datum after changes.
     *
     * @param restarted what was held under another id for clients that have restarted, and has gone
     */
    record Settled(Datum datum, Set<RegistrationId> restarted) {}

    private final RegistrationSums sums;
    private final Map<DataInfoId, OfService> services = new HashMap<>();
    private int count;

    /** @param sums of the slot, in which nothing counts that is held */
    HeldEntries(RegistrationSums sums) {
        this.sums = sums;
    }

    int count() {
        return count;
    }

    int count(DataInfoId service) {
        OfService held = services.get(service);
        return held == null ? 0 : held.holds.size();
    }

    boolean isHeld(DataInfoId service, RegistrationId id) {
        OfService held = services.get(service);
        return held != null && held.holds.containsKey(id);
    }

    Optional<OfService> find(DataInfoId service) {
        return Optional.ofNullable(services.get(service));
    }

    /** Copy, so that the caller may change what is held while it walks. */
    Set<DataInfoId> services() {
        return Set.copyOf(services.keySet());
    }

    void forEach(BiConsumer<DataInfoId, OfService> each) {
        services.forEach(each);
    }

    /** What the slot begins with: it counts for its session, or is held because an operator has confirmed it. */
    void begin(DataInfoId service, Publisher publisher, long nowNanos) {
        sums.add(service, publisher, nowNanos);
        if (publisher.isKept()) {
            hold(service, publisher, Hold.taken(publisher, nowNanos), nowNanos);
        }
    }

    /** An entry came, changed or went. As long as its order is the same it stays held, and counts for nobody. */
    void replace(Datum before, Datum after, RegistrationId id, long nowNanos) {
        DataInfoId service = after.id();
        Optional<Publisher> old = before.find(id);
        Optional<Publisher> now = after.find(id);
        if (isHeld(service, id) && old.map(Publisher::order).equals(now.map(Publisher::order)) && now.isPresent()) {
            if (now.get().isKept()) {
                find(service).ifPresent(held -> held.holds.computeIfPresent(id, (same, hold) -> hold.confirmed()));
            }
            return;
        }
        letGo(before, id, nowNanos);
        sums.replace(service, old, now, nowNanos);
        now.filter(Publisher::isKept).ifPresent(kept -> hold(service, kept, Hold.taken(kept, nowNanos), nowNanos));
    }

    /** Keeps a publisher listed that would go, on nobody's account. */
    void hold(DataInfoId service, Publisher publisher, Hold hold, long nowNanos) {
        if (!isHeld(service, publisher.id())) {
            add(service, publisher.id(), hold);
            sums.replace(service, Optional.of(publisher), Optional.empty(), nowNanos);
        }
    }

    /** It counts for its session again. */
    void letGo(Datum datum, RegistrationId id, long nowNanos) {
        if (isHeld(datum.id(), id)) {
            remove(datum.id(), id);
            datum.find(id).ifPresent(publisher -> sums.add(datum.id(), publisher, nowNanos));
        }
    }

    /**
     * What was held and was changed now counts again, and no operator's word is needed for it any longer.
     *
     * @param minted asked when something goes
     */
    Settled settle(
            Datum before,
            Datum.Applied applied,
            List<DatumChange> changes,
            Supplier<DatumVersion> minted,
            long nowNanos) {
        Datum after = applied.datum();
        if (count(before.id()) == 0) {
            return new Settled(after, Set.of());
        }
        Set<RegistrationId> restarted = new HashSet<>();
        Set<RegistrationId> back = new HashSet<>();
        for (int i = 0; i < changes.size(); i++) {
            // One that is on its way elsewhere is only told of again: its client has not come back.
            if (applied.outcomes().get(i) == ChangeOutcome.APPLIED && !isMoving(changes.get(i))) {
                letGo(before, changes.get(i).id(), nowNanos);
                after.find(changes.get(i).id()).filter(Publisher::isKept).ifPresent(kept -> back.add(kept.id()));
                if (changes.get(i) instanceof DatumChange.Register register) {
                    restarted.addAll(atAddressesOf(register.publisher(), after));
                }
            }
        }
        restarted.forEach(id -> letGo(before, id, nowNanos));
        Datum settled = back.isEmpty() ? after : after.kept(back, 0);
        return new Settled(settled.without(each -> restarted.contains(each.id()), minted), restarted);
    }

    private static boolean isMoving(DatumChange change) {
        return change instanceof DatumChange.Register told && told.publisher().isMoving();
    }

    /** What is held of a datum, under other ids, at an address of this publisher: the same client before it was restarted. */
    private Set<RegistrationId> atAddressesOf(Publisher publisher, Datum datum) {
        OfService held = services.get(datum.id());
        if (held == null) {
            return Set.of();
        }
        Set<String> places = places(publisher);
        return held.holds.keySet().stream()
                .filter(id -> !id.equals(publisher.id()))
                .filter(id -> datum.find(id)
                        .filter(old -> !Collections.disjoint(places(old), places))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** Addresses without the attributes that may follow a question mark: those may change with a restart. */
    static Set<String> places(Publisher publisher) {
        return publisher.addresses().stream()
                .map(address -> address.indexOf('?') < 0 ? address : address.substring(0, address.indexOf('?')))
                .collect(Collectors.toSet());
    }

    private void add(DataInfoId service, RegistrationId id, Hold hold) {
        OfService held = services.computeIfAbsent(service, ignored -> new OfService());
        if (held.holds.putIfAbsent(id, hold) == null) {
            count++;
        }
    }

    private void remove(DataInfoId service, RegistrationId id) {
        OfService held = services.get(service);
        if (held != null && held.holds.remove(id) != null) {
            count--;
            if (held.holds.isEmpty()) {
                services.remove(service);
            }
        }
    }
}
