package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.session.crowd.CrowdSettings;
import io.twinspan.registry.simulation.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** D2 within its bound, where sessions and data nodes are well: what was taken back leaves every list within a lease and T. */
final class GoneInTime implements Invariant<SimulatedWorld> {
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** What a crowd leaves behind when it closes is kept this much longer, and of a client that stopped nobody knows what it was. */
    private static final Duration KEPT = CrowdSettings.standard().keep();

    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        Duration bound = LEASE.plus(ShownInTime.bound(world));
        long before = world.time().nanos() - bound.toNanos();
        for (Publication each : world.publications()) {
            long longer = longer(world, each.client()).toNanos();
            if (!each.client().hasMoved()
                    && world.isGentle(each.client().datacenter())
                    && Math.max(each.goneNanos(), each.client().knownGoneNanos()) < before - longer) {
                world.coverage().checked("D2");
                world.subscriptions().stream()
                        .filter(to -> to.service().equals(each.service())
                                && to.client().datacenter().equals(each.client().datacenter())
                                && to.isAcknowledgedSince(before)
                                && to.shown().stream().anyMatch(each::offered))
                        .forEach(to -> found.add("D2 " + to + " shows " + to.shown() + " " + bound + " after "
                                + each.registId() + " was taken back"));
            }
        }
        return found;
    }

    /**
     * One that stopped after its session had sent it away is a closing of our own: such may be held besides. So is one that stopped
     * and left behind a connection whose end nobody was told of, when a session that takes it for a client sends that away, or gives
     * it up as idle: while that seemed to live it stood behind the registration.
     */
    private static Duration longer(SimulatedWorld world, LiteralClient client) {
        if (!client.isStopped()) {
            return Duration.ZERO;
        }
        return client.mayEndBeHeld()
                ? KEPT.plus(world.settings().data().quarantine().bound())
                : KEPT;
    }
}
