package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.session.push.PushSettings;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.slot.VersionMint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * D1 within its bound, and with it D7: where nothing is broken but the meta group, alone or together with a data node, the topics or
 * the other datacenter, everybody shows every live, acknowledged publisher of its own datacenter within T.
 */
final class ShownInTime implements Invariant<SimulatedWorld> {
    /** T within a datacenter. */
    static final Duration BOUND = Duration.ofSeconds(5);

    /** How much longer it takes where a data node may be lost, until another replica leads and has been compared with all. */
    private static final Duration TAKE_OVER = Duration.ofSeconds(7);

    /**
     * How long one that has come from another datacenter may show what it had: where slots have just been taken over, numbers are a
     * ceiling ahead of the clocks, and with the way between the two cut off nobody hears of it. Then it is stamped once more.
     */
    private static final Duration AHEAD = VersionMint.CEILING_AHEAD
            .plus(PushSettings.standard().resettleAfter())
            .plus(BOUND);

    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        Duration bound = bound(world);
        long before = world.time().nanos() - bound.toNanos();
        List<Subscription> subscribers = world.subscriptions().stream()
                .filter(each -> each.isAcknowledgedSince(before)
                        && world.isGentle(each.client().datacenter())
                        && !mayBeAhead(world, each.client()))
                .toList();
        for (Publication each : world.publications()) {
            if (each.isWanted() && each.acknowledgedNanos() < before) {
                List<Subscription> looking = subscribers.stream()
                        .filter(to -> to.service().equals(each.service())
                                && to.client().datacenter().equals(each.client().datacenter()))
                        .toList();
                if (!looking.isEmpty()) {
                    world.coverage().checked("D1");
                    world.coverage().checked("D7");
                }
                looking.stream()
                        .filter(to -> !to.shows(each.address()))
                        .forEach(to -> found.add((world.climate() == Climate.CALM ? "D1 " : "D7 ") + to + " lacks "
                                + each.address() + " after " + bound + ", shows " + to.shown()));
            }
        }
        return found;
    }

    private static boolean mayBeAhead(SimulatedWorld world, LiteralClient client) {
        return world.climate() == Climate.FEDERATION
                && client.hasMoved()
                && world.time().nanos() - client.movedNanos() < AHEAD.toNanos();
    }

    /** T, and what a take-over adds in a world that may lose a data node. */
    static Duration bound(SimulatedWorld world) {
        boolean isTakenOver = (world.climate() == Climate.HEADLESS || world.climate() == Climate.FEDERATION)
                && world.datacenters().stream()
                        .anyMatch(each -> !world.spareData(each).isEmpty());
        return isTakenOver ? BOUND.plus(TAKE_OVER) : BOUND;
    }
}
