package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The east's session is killed under all its clients. */
final class KilledMeasurement implements FailoverMeasurement {
    private static final Duration BY_LISTS = Duration.ofSeconds(50);
    private static final Duration BY_AGENTS = Duration.ofSeconds(8);
    private static final Duration BOUND = Duration.ofMinutes(4);

    private final boolean isForwarded;

    /** @param isForwarded whether the clients come through agents */
    KilledMeasurement(boolean isForwarded) {
        this.isForwarded = isForwarded;
    }

    @Override
    public List<SyncFigure> measure(FailoverPlace place) {
        return place.measure(isForwarded, (sides, crowd) -> {
            place.say().accept("kill -9 of the east's session");
            long begin = System.nanoTime();
            sides.east().killSession();
            Waiting.until(
                    BOUND,
                    "the clients were not all in the west with whole lists",
                    () -> FailoverPlace.holdsAll(sides.west(), crowd.services()) && crowd.isComplete());
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            Duration bound = isForwarded ? BY_AGENTS : BY_LISTS;
            CrowdTally tally = crowd.tally();
            return List.of(new SyncFigure(
                    "the east's session killed -9, "
                            + (isForwarded ? "through agents" : "by lists of sessions with one to three dead")
                            + ": all clients in the west with whole lists",
                    String.format(Locale.ROOT, "%.1f s", taken.toMillis() / 1e3),
                    bound.toSeconds() + " s at most",
                    taken.compareTo(bound) <= 0,
                    List.of(
                            String.format(
                                    Locale.ROOT,
                                    "longest time of a client until a session has taken it %.1f s, until it has everything"
                                            + " of it %.1f s",
                                    tally.untaken().toMillis() / 1e3,
                                    tally.unregistered().toMillis() / 1e3),
                            "meanwhile a live publisher was missing " + tally.losses() + " times in " + tally.lists()
                                    + " lists")));
        });
    }
}
