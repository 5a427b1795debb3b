package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** What is watched in one world, and what was found. */
final class Checks {
    private static final int MOST_KEPT = 20;

    private final SimulatedWorld world;
    private final OneVersionOneContent contents = new OneVersionOneContent();
    private final StillStaysStill still = new StillStaysStill();
    private final List<Invariant<ShownChange>> ofLists = List.of(new NothingIsLost(), new NothingReturns(), still);
    private final List<String> found = new ArrayList<>();

    Checks(SimulatedWorld world) {
        this.world = world;
    }

    OneVersionOneContent contents() {
        return contents;
    }

    StillStaysStill still() {
        return still;
    }

    /** A subscriber has taken a push in. */
    void onShown(Subscription subscriber, SortedSet<String> before, List<Long> since) {
        ShownChange change = new ShownChange(world, subscriber, before, since, subscriber.shown());
        ofLists.forEach(each -> each.violations(change).forEach(this::report));
    }

    /** Looks at the whole world now. */
    void look(Invariant<SimulatedWorld> invariant) {
        invariant.violations(world).forEach(this::report);
    }

    void report(String violation) {
        if (found.size() < MOST_KEPT) {
            found.add(String.format("%.3f s: %s", world.time().nanos() / 1e9, violation));
        }
    }

    List<String> found() {
        return found;
    }
}
