package io.twinspan.registry.node.data;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.sync.PeerState;
import io.twinspan.registry.sync.PeerStatus;
import io.twinspan.registry.sync.SyncPath;
import io.twinspan.registry.sync.SyncStatus;
import io.twinspan.registry.sync.announce.TableCounts;
import io.twinspan.registry.sync.announce.TableFacts;
import io.twinspan.registry.sync.fetch.BreakerState;
import io.twinspan.registry.sync.fetch.FetchStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the sync counts, labelled by peer. States are one series for each word, of which one is 1. Pure. */
public final class SyncMeters {
    private static final double MILLIS = 1_000.0;

    private SyncMeters() {}

    /** All of it. */
    public static List<MeterReading> of(SyncStatus status) {
        List<MeterReading> readings = new ArrayList<>();
        Map<String, String> none = Map.of();
        readings.add(flag("twinspan.sync.writing", none, status.isConnected()));
        readings.add(flag("twinspan.sync.topic.refused", none, !status.problem().isEmpty()));
        readings.add(gauge("twinspan.sync.announce.slots", none, status.ledSlots()));
        readings.add(gauge("twinspan.sync.announce.waiting", none, status.waiting()));
        readings.add(counter("twinspan.sync.announce.changes", none, status.announced()));
        readings.add(counter("twinspan.sync.announce.not.taken", none, status.notTaken()));
        readings.add(counter("twinspan.sync.announce.fulls", none, status.fulls()));
        status.peers().forEach(peer -> addPeer(peer, readings));
        return readings;
    }

    private static void addPeer(PeerStatus peer, List<MeterReading> to) {
        Map<String, String> label = Map.of("peer", peer.peer().name());
        for (PeerState state : PeerState.values()) {
            to.add(flag("twinspan.sync.state", with(label, "state", state), state == peer.state()));
        }
        for (SyncPath path : SyncPath.values()) {
            to.add(flag("twinspan.sync.path", with(label, "path", path), path == peer.path()));
        }
        Double lag = peer.lagSeconds();
        to.add(gauge("twinspan.sync.state.seconds", label, peer.stateFor().toMillis() / MILLIS));
        to.add(gauge("twinspan.sync.path.seconds", label, peer.pathFor().toMillis() / MILLIS));
        to.add(flag("twinspan.sync.reading", label, peer.isReading()));
        to.add(flag("twinspan.sync.problem", label, !peer.problem().isEmpty()));
        to.add(gauge("twinspan.sync.lag.versions", label, peer.facts().lag()));
        to.add(gauge("twinspan.sync.lag.seconds", label, lag == null ? Double.NaN : lag));
        to.add(counter("twinspan.sync.bytes", label, peer.bytes()));
        addFacts(label, peer.facts(), to);
        addCounts(label, peer.counts(), to);
        to.add(counter("twinspan.sync.fetch.installed", label, peer.fetched()));
        to.add(counter("twinspan.sync.fetch.confirmed", label, peer.confirmed()));
        to.add(counter("twinspan.sync.fetch.not.answered", label, peer.notAnswered()));
        to.add(gauge("twinspan.sync.fetch.waiting", label, peer.waiting()));
        addFetches(label, peer.fetches(), to);
    }

    private static void addFacts(Map<String, String> label, TableFacts facts, List<MeterReading> to) {
        to.add(gauge("twinspan.sync.services", label, facts.services()));
        to.add(gauge("twinspan.sync.slots.in.order", label, facts.slotsInOrder()));
        to.add(gauge("twinspan.sync.slots.in.doubt", label, facts.slotsInDoubt()));
        to.add(gauge("twinspan.sync.in.doubt.seconds", label, facts.inDoubtFor().toMillis() / MILLIS));
        to.add(gauge("twinspan.sync.held.shrinks", label, facts.held()));
        to.add(gauge("twinspan.sync.versions.in.future", label, facts.aside()));
        to.add(flag("twinspan.sync.not.healing", label, !facts.notHealing().isEmpty()));
    }

    private static void addCounts(Map<String, String> label, TableCounts counts, List<MeterReading> to) {
        to.add(counter("twinspan.sync.changes", label, counts.changed()));
        to.add(counter("twinspan.sync.announcements.repeated", label, counts.repeated()));
        to.add(counter("twinspan.sync.versions.rejected", label, counts.refused()));
        to.add(counter("twinspan.sync.records.poisoned", label, counts.poisoned()));
        to.add(counter("twinspan.sync.records.later.format", label, counts.newer()));
        to.add(counter("twinspan.sync.pulls", label, counts.pulls()));
        to.add(counter("twinspan.sync.slots.installed", label, counts.installed()));
    }

    private static void addFetches(Map<String, String> label, FetchStatus fetches, List<MeterReading> to) {
        for (BreakerState state : BreakerState.values()) {
            to.add(flag("twinspan.sync.fetch.breaker", with(label, "state", state), state == fetches.breaker()));
        }
        to.add(gauge("twinspan.sync.fetch.in.flight", label, fetches.inFlight()));
        to.add(counter("twinspan.sync.fetch.refused", label, fetches.refused()));
        to.add(gauge("twinspan.sync.fetch.warm.waiting", label, fetches.waitingWarm()));
        to.add(counter("twinspan.sync.fetch.warm.bytes", label, fetches.warmBytes()));
        to.add(counter("twinspan.sync.fetch.corrected", label, fetches.corrected()));
        to.add(counter("twinspan.sync.fetch.raised", label, fetches.raised()));
        to.add(gauge("twinspan.sync.fetch.too.big", label, fetches.tooBig().size()));
    }

    private static Map<String, String> with(Map<String, String> labels, String name, Enum<?> word) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(name, word.name().toLowerCase(Locale.ROOT));
        return more;
    }
}
