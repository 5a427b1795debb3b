package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
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
import java.util.List;
import java.util.Map;

/**
 * D9: what is taken for current is not older than the digest that named it, unless a later leader than the one that announced it
 * has answered so; nor is it of a time that has not come.
 */
final class NotOlderThanNamed implements Invariant<Current>, SimulatedNetwork.Tap {
    private record Asked(String node, DatacenterId peer, DataInfoId id) {}

    /** Beyond what a clock is merged by; clocks of nodes differ by at most a second more. */
    private static final Duration FUTURE = Duration.ofSeconds(62);

    private final Map<Asked, Leadership> latest = new HashMap<>();
    private final Map<Asked, DatumVersion> named = new HashMap<>();

    /** What was named when it was asked for; what is named while the answer is on its way is asked for after that. */
    void onFetch(SimulatedNode by, FetchDatums fetch) {
        CrossDatacenterSync sync = by.sync();
        if (sync != null) {
            fetch.queries().forEach(each -> named.put(
                    new Asked(by.name(), each.datacenter(), each.id()),
                    SyncInspection.tableOf(sync, each.datacenter())
                            .find(each.id())
                            .map(DigestEntry::version)
                            .orElse(DatumVersion.NONE)));
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
        DatumVersion before = named.getOrDefault(asked, DatumVersion.NONE);
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
        return isOfLater || !before.isAfter(current.version()) ? List.of() : List.of(what + before + " was announced");
    }
}
