package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A failover in order, under all its clients. */
final class PlannedMeasurement implements FailoverMeasurement {
    private static final Duration VERIFIED_BY_LISTS = Duration.ofSeconds(75);
    private static final Duration VERIFIED_BY_AGENTS = Duration.ofSeconds(30);
    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofMinutes(6);
    private static final String TARGET = "west";

    private final boolean isForwarded;

    /** @param isForwarded whether the clients come through agents */
    PlannedMeasurement(boolean isForwarded) {
        this.isForwarded = isForwarded;
    }

    @Override
    public List<SyncFigure> measure(FailoverPlace place) {
        try (LinkedSides sides = place.sides()) {
            if (!isForwarded) {
                return measure(place, sides, place.crowd(sides));
            }
            try (BenchAgents agents = place.agents(sides)) {
                return measure(place, sides, place.crowd(agents));
            }
        }
    }

    private List<SyncFigure> measure(FailoverPlace place, LinkedSides sides, MovingCrowd crowd) {
        try (crowd) {
            place.settle(crowd, sides);
            FailoverDoor door = new FailoverDoor(sides.west());
            place.say().accept("failover run --to west");
            long begin = System.nanoTime();
            String run = door.run(TARGET, false);
            CompletableFuture<Duration> moved = CompletableFuture.supplyAsync(() -> {
                Waiting.until(
                        BOUND,
                        "the clients were not all in the west",
                        () -> FailoverPlace.holdsAll(sides.west(), crowd.services()) && crowd.isComplete());
                return since(begin);
            });
            List<String> notes = door.awaitEnd(TARGET, run);
            Duration verified = since(begin);
            place.say().accept("the run is over");
            return figures(crowd, verified, moved.join(), notes, door.line());
        }
    }

    private List<SyncFigure> figures(
            MovingCrowd crowd, Duration verified, Duration moved, List<String> notes, String line) {
        CrowdTally tally = crowd.tally();
        Duration bound = isForwarded ? VERIFIED_BY_AGENTS : VERIFIED_BY_LISTS;
        boolean isDone = notes.get(0).endsWith("is DONE") && line.startsWith("west ACTIVE");
        List<String> told = new ArrayList<>(notes);
        told.add(line);
        return List.of(
                new SyncFigure(
                        what("the union any client shows loses a live publisher"),
                        tally.losses() + " times in " + tally.lists() + " lists",
                        "never",
                        tally.losses() == 0,
                        tally.firstLosses()),
                new SyncFigure(
                        what("longest time of a client without a session"),
                        String.format(
                                Locale.ROOT,
                                "%.1f s, %.1f s until everything was registered again",
                                seconds(tally.unconnected()),
                                seconds(tally.unregistered())),
                        GAP.toSeconds() + " s at most",
                        tally.unconnected().compareTo(GAP) <= 0,
                        List.of(tally.moves() + " times a client connected again; " + tally.refused()
                                + " registrations were sent again")),
                new SyncFigure(
                        what("from the command to verified"),
                        String.format(
                                Locale.ROOT,
                                "%.1f s, all clients in the west after %.1f s",
                                seconds(verified),
                                seconds(moved)),
                        bound.toSeconds() + " s at most",
                        isDone && verified.compareTo(bound) <= 0 && moved.compareTo(bound) <= 0,
                        told));
    }

    private String what(String figure) {
        return (isForwarded ? "planned, through agents: " : "planned, by lists of sessions: ") + figure;
    }

    private static double seconds(Duration length) {
        return length.toMillis() / 1e3;
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
