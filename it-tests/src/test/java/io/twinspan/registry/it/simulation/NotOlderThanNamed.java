package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.simulation.SimulatedNetwork;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
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
        DatumVersion named =
                current.table().find(current.id()).map(entry -> entry.version()).orElse(DatumVersion.NONE);
        if (!named.equals(DatumVersion.NONE)) {
            current.world().coverage().checked("D9");
        }
        Leadership by =
                latest.getOrDefault(new Asked(current.node().name(), current.peer(), current.id()), Leadership.NONE);
        boolean isOfLater = by.isAfter(current.table().leadershipOf(SlotId.of(current.id())));
        long now = current.world().time().instant().toEpochMilli();
        if (current.version().stamp().millis() > now + FUTURE.toMillis()) {
            return List.of("D9 " + current.node().name() + " takes " + current.version() + " of "
                    + current.id().dataId() + " of " + current.peer() + " for current, which is far in the future");
        }
        return isOfLater || !named.isAfter(current.version())
                ? List.of()
                : List.of("D9 " + current.node().name() + " takes " + current.version() + " of "
                        + current.id().dataId() + " of " + current.peer() + " for current, " + named
                        + " was announced");
    }
}
