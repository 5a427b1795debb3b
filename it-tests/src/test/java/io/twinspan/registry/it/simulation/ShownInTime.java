package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * D1 within its bound, and with it D7: where nothing is broken but the meta group, the topics or the other datacenter, everybody
 * shows every live, acknowledged publisher of its own datacenter within T.
 */
final class ShownInTime implements Invariant<SimulatedWorld> {
    /** T within a datacenter. */
    static final Duration BOUND = Duration.ofSeconds(5);

    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        if (!world.climate().isGentle()) {
            return found;
        }
        long before = world.time().nanos() - BOUND.toNanos();
        List<Subscription> subscribers = world.subscriptions().stream()
                .filter(each -> each.isAcknowledgedSince(before))
                .toList();
        for (Publication each : world.publications()) {
            if (each.isWanted() && each.acknowledgedNanos() < before) {
                subscribers.stream()
                        .filter(to -> to.service().equals(each.service())
                                && to.client().datacenter().equals(each.client().datacenter())
                                && !to.shows(each.address()))
                        .forEach(to -> found.add((world.climate() == Climate.CALM ? "D1 " : "D7 ") + to + " lacks "
                                + each.address() + " after " + BOUND + ", shows " + to.shown()));
            }
        }
        return found;
    }
}
