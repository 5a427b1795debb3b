package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Decides which removals happen and which are held, for causes that may be a fault of ours. A service is held when it would lose
 * more than its share within the window, counting what is held of it already. Fewer removals than the least number are let
 * happen, unless a session node or a zone that they come from has lost more than its share too: then the services that have only
 * one publisher may be in the same trouble. Everything that goes at once is judged together. Pure, but for what it remembers.
 */
final class Quarantine {
    /** What is about to go from one service, from one session node and one zone. */
    record Departure(DataInfoId service, NodeId session, String zone, int publishers) {}

    /**
     * How much there is before anything goes.
     *
     * @param ofService publishers listed of a service, held ones included
     * @param held publishers of a service that are held
     * @param ofSession publishers owned by a session node, held ones not included
     * @param ofZone publishers in a zone, held ones not included
     */
    record Present(
            ToIntFunction<DataInfoId> ofService,
            ToIntFunction<DataInfoId> held,
            ToIntFunction<NodeId> ofSession,
            ToIntFunction<String> ofZone) {}

    private final QuarantineSettings settings;
    private final RemovalWindow<DataInfoId> services;
    private final RemovalWindow<NodeId> sessions;
    private final RemovalWindow<String> zones;

    Quarantine(QuarantineSettings settings) {
        this.settings = settings;
        this.services = new RemovalWindow<>(settings.window());
        this.sessions = new RemovalWindow<>(settings.window());
        this.zones = new RemovalWindow<>(settings.window());
    }

    /** The services of which nothing may go now; the caller lets the others lose what they are about to. */
    Set<DataInfoId> judge(Collection<Departure> departures, Present present, long nowNanos) {
        Map<DataInfoId, Integer> byService = new HashMap<>();
        Map<NodeId, Integer> bySession = new HashMap<>();
        Map<String, Integer> byZone = new HashMap<>();
        for (Departure each : departures) {
            byService.merge(each.service(), each.publishers(), Integer::sum);
            bySession.merge(each.session(), each.publishers(), Integer::sum);
            byZone.merge(each.zone(), each.publishers(), Integer::sum);
        }
        Set<NodeId> hitSessions = hit(sessions, bySession, present.ofSession(), nowNanos);
        Set<String> hitZones = hit(zones, byZone, present.ofZone(), nowNanos);
        Set<DataInfoId> fromHitSource = new HashSet<>();
        for (Departure each : departures) {
            if (hitSessions.contains(each.session()) || hitZones.contains(each.zone())) {
                fromHitSource.add(each.service());
            }
        }
        Set<DataInfoId> held = new HashSet<>();
        byService.forEach((service, leaving) -> {
            int listed = present.ofService().applyAsInt(service);
            int lost = services.removed(service, nowNanos) + present.held().applyAsInt(service) + leaving;
            int had = services.before(service, listed, nowNanos);
            boolean isEnough = lost >= settings.serviceLeast() || fromHitSource.contains(service);
            if (isEnough && lost > settings.serviceShare() * had) {
                held.add(service);
            } else {
                services.add(service, leaving, listed, nowNanos);
            }
        });
        return held;
    }

    /** Forgets what is older than the window. */
    void onTick(long nowNanos) {
        services.forgetOld(nowNanos);
        sessions.forgetOld(nowNanos);
        zones.forgetOld(nowNanos);
    }

    private <K> Set<K> hit(RemovalWindow<K> window, Map<K, Integer> leaving, ToIntFunction<K> present, long nowNanos) {
        Set<K> hit = new HashSet<>();
        leaving.forEach((source, count) -> {
            int there = present.applyAsInt(source);
            window.add(source, count, there, nowNanos);
            if (window.removed(source, nowNanos) > settings.sourceShare() * window.before(source, there, nowNanos)) {
                hit.add(source);
            }
        });
        return hit;
    }
}
