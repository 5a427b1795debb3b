package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.SyncInspection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * D9: what is taken for current is not older than the digest that named it, unless a later leader than the one that announced it
 * has answered so; nor is it of a time that has not come.
 */
final class NotOlderThanNamed implements Invariant<Current>, SimulatedNetwork.Tap {
    private record Asked(String node, DatacenterId peer, DataInfoId id) {}

    /** What a life was told it has forgotten in the next. */
    private record Told(Asked asked, long life) {}

    private record Version(DatacenterId peer, DataInfoId id, DatumVersion version) {}

    /** Beyond what a clock is merged by; clocks of nodes differ by at most a second more. */
    private static final Duration FUTURE = Duration.ofSeconds(62);

    private final Map<Asked, Leadership> latest = new HashMap<>();
    private final Map<Told, DigestEntry> named = new HashMap<>();
    private final Set<Version> empty = new HashSet<>();

    /** What was named when it was asked for; what is named while the answer is on its way is asked for after that. */
    void onFetch(SimulatedNode by, FetchDatums fetch) {
        CrossDatacenterSync sync = by.sync();
        if (sync != null) {
            for (DatumQuery each : fetch.queries()) {
                SyncInspection.tableOf(sync, each.datacenter())
                        .find(each.id())
                        .ifPresent(entry -> named.put(
                                new Told(new Asked(by.name(), each.datacenter(), each.id()), by.life()), entry));
            }
        }
    }

    /** What is empty may be so under an older version: who names it not at all says that it is empty as of later. */
    void onInstall(Datum datum) {
        if (datum.count() == 0) {
            empty.add(new Version(datum.datacenter(), datum.id(), datum.version()));
        }
    }

    @Override
    public <R> void onAnswered(io.twinspan.registry.datacenter.Endpoint by, Caller to, Request<R> request, R answer) {
        if (answer instanceof DatumAnswers answers) {
            for (DatumAnswer each : answers.answers()) {
                Leadership leadership = each.word().leadership();
                latest.merge(
                        new Asked(to.node().value(), each.datacenter(), each.id()),
                        leadership,
                        (a, b) -> b.isAfter(a) ? b : a);
            }
        }
    }

    @Override
    public List<String> violations(Current current) {
        Asked asked = new Asked(current.node().name(), current.peer(), current.id());
        DigestEntry entry = named.getOrDefault(
                new Told(asked, current.node().life()), new DigestEntry(current.id(), DatumVersion.NONE, 0, 0));
        DatumVersion before = entry.version();
        if (!before.equals(DatumVersion.NONE)) {
            current.world().coverage().checked("D9");
        }
        Leadership by = latest.getOrDefault(asked, Leadership.NONE);
        boolean isOfLater = by.isAfter(current.table().leadershipOf(SlotId.of(current.id())));
        long now = current.world().time().instant().toEpochMilli();
        String what = "D9 " + current.node().name() + " takes " + current.version() + " of "
                + current.id().dataId() + " of " + current.peer() + " for current, ";
        if (current.version().stamp().millis() > now + FUTURE.toMillis()) {
            return List.of(what + "which is far in the future");
        }
        boolean isSame =
                entry.count() == 0 && empty.contains(new Version(current.peer(), current.id(), current.version()));
        return isOfLater || isSame || !before.isAfter(current.version())
                ? List.of()
                : List.of(what + before + " was announced");
    }
}
