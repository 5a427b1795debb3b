package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.SessionDigests;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Which session wants to be told of what in one slot. A session is remembered only while it wants something. */
final class InterestTable {
    private final Map<DataInfoId, Map<SessionIncarnation, Boolean>> isGlobalByService = new HashMap<>();
    private final Map<SessionIncarnation, Wanted> bySession = new HashMap<>();

    private static final class Wanted {
        private final Set<DataInfoId> services = new HashSet<>();
        private long hash;
    }

    /** Opens interest; what is global stays so. */
    void open(SessionIncarnation session, DataInfoId service, boolean isGlobal) {
        put(session, service, isGlobal || isGlobal(session, service));
    }

    void drop(SessionIncarnation session, DataInfoId service) {
        Map<SessionIncarnation, Boolean> interested = isGlobalByService.get(service);
        Wanted wanted = bySession.get(session);
        if (interested == null || wanted == null || !wanted.services.remove(service)) {
            return;
        }
        wanted.hash -= hash(service, Boolean.TRUE.equals(interested.remove(session)));
        if (interested.isEmpty()) {
            isGlobalByService.remove(service);
        }
        if (wanted.services.isEmpty()) {
            bySession.remove(session);
        }
    }

    /** Takes this for all that the session wants here. */
    void replace(SessionIncarnation session, Collection<Interest> interests) {
        Set<DataInfoId> wanted = new HashSet<>();
        for (Interest each : interests) {
            wanted.add(each.service());
            put(session, each.service(), each.isGlobal());
        }
        servicesOf(session).stream()
                .filter(service -> !wanted.contains(service))
                .forEach(service -> drop(session, service));
    }

    /** Copy of what a session wants. */
    List<DataInfoId> servicesOf(SessionIncarnation session) {
        Wanted wanted = bySession.get(session);
        return wanted == null ? List.of() : List.copyOf(wanted.services);
    }

    /** Every pair of service and session; the callee must not change this table. */
    void forEach(BiConsumer<DataInfoId, SessionIncarnation> each) {
        isGlobalByService.forEach(
                (service, sessions) -> sessions.keySet().forEach(session -> each.accept(service, session)));
    }

    /** Who wants to be told of the own datum. */
    Collection<SessionIncarnation> interestedIn(DataInfoId service) {
        return isGlobalByService.getOrDefault(service, Map.of()).keySet();
    }

    /** Who wants to be told of the peers' datums too. */
    Collection<SessionIncarnation> globallyInterestedIn(DataInfoId service) {
        List<SessionIncarnation> sessions = new ArrayList<>();
        isGlobalByService.getOrDefault(service, Map.of()).forEach((session, isGlobal) -> {
            if (isGlobal) {
                sessions.add(session);
            }
        });
        return sessions;
    }

    boolean isAnybodyGlobal(DataInfoId service) {
        return isGlobalByService.getOrDefault(service, Map.of()).containsValue(true);
    }

    /** The sum that the session computes over what it believes to be its interest. */
    long hashOf(SessionIncarnation session) {
        Wanted wanted = bySession.get(session);
        return wanted == null ? 0 : wanted.hash;
    }

    private boolean isGlobal(SessionIncarnation session, DataInfoId service) {
        return isGlobalByService.getOrDefault(service, Map.of()).getOrDefault(session, false);
    }

    private void put(SessionIncarnation session, DataInfoId service, boolean isGlobal) {
        Wanted wanted = bySession.computeIfAbsent(session, ignored -> new Wanted());
        Boolean before = isGlobalByService
                .computeIfAbsent(service, ignored -> new HashMap<>())
                .put(session, isGlobal);
        wanted.services.add(service);
        wanted.hash += hash(service, isGlobal) - (before == null ? 0 : hash(service, before));
    }

    private static long hash(DataInfoId service, boolean isGlobal) {
        return SessionDigests.ofInterest(new Interest(service, isGlobal));
    }
}
