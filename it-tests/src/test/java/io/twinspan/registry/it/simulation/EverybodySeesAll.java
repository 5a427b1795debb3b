package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.simulation.Invariant;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * After the faults: D1, every live publisher is shown by everybody who should see it, and acknowledged again; with
 * {@code isExact} also D2 and the rest of D3, that nothing else is shown. What is shown of a peer is shown from a mirror: D9.
 */
record EverybodySeesAll(boolean isExact) implements Invariant<SimulatedWorld> {
    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        for (LiteralClient client : world.clients()) {
            if (!client.isStopped() && !client.isConnected()) {
                found.add("D1 client " + client.name() + " is not connected");
            }
        }
        for (Publication each : world.publications()) {
            if (each.isWanted() && !each.isAcknowledged()) {
                found.add("D1 " + each.address() + " is not acknowledged");
            }
        }
        world.coverage().checkedAfter("D1");
        if (isExact) {
            world.coverage().checkedAfter("D2");
        }
        for (Subscription each : world.subscriptions()) {
            TreeSet<String> expected = expected(world, each);
            TreeSet<String> missing = new TreeSet<>(expected);
            missing.removeAll(each.shown());
            if (!isExact && isPeerHidden(world, each)) {
                missing.clear();
            }
            TreeSet<String> more = new TreeSet<>(each.shown());
            more.removeAll(expected);
            if (!missing.isEmpty()) {
                found.add("D1 " + each + " lacks " + missing + ", shows " + each.shown());
            }
            if (isExact && !more.isEmpty()) {
                found.add("D2 " + each + " still shows " + more);
            }
        }
        return found;
    }

    /** While own ones that are gone are held, they hide the peer's: own-first asks what is listed, not what lives. */
    private static boolean isPeerHidden(SimulatedWorld world, Subscription subscriber) {
        DatacenterId own = subscriber.client().datacenter();
        return subscriber.scope() == Scope.GLOBAL
                && subscriber.isShownAnyOf(own)
                && offered(world, subscriber, Set.of(own)).isEmpty();
    }

    private static TreeSet<String> expected(SimulatedWorld world, Subscription subscriber) {
        DatacenterId own = subscriber.client().datacenter();
        TreeSet<String> ownOnes = offered(world, subscriber, Set.of(own));
        return !ownOnes.isEmpty() || subscriber.scope() != Scope.GLOBAL
                ? ownOnes
                : offered(world, subscriber, Set.copyOf(world.peersOf(own)));
    }

    private static TreeSet<String> offered(SimulatedWorld world, Subscription subscriber, Set<DatacenterId> from) {
        return world.publications().stream()
                .filter(each -> each.isWanted()
                        && each.service().equals(subscriber.service())
                        && from.contains(each.client().datacenter()))
                .map(Publication::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
