package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A failover in order, under all its clients, and back, and there again, as often as wanted; the last one is what counts. */
final class PlannedMeasurement implements FailoverMeasurement {
    private static final Duration VERIFIED_BY_LISTS = Duration.ofSeconds(75);
    private static final Duration VERIFIED_BY_AGENTS = Duration.ofSeconds(30);
    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofMinutes(6);
    private final boolean isForwarded;

    /** @param isForwarded whether the clients come through agents */
    PlannedMeasurement(boolean isForwarded) {
        this.isForwarded = isForwarded;
    }

    @Override
    public List<SyncFigure> measure(FailoverPlace place) {
        return place.measure(isForwarded, (sides, crowd) -> {
            List<SyncFigure> figures = move(place, crowd, sides.west(), "west");
            for (int round = 2; round <= place.load().rounds(); round++) {
                figures.forEach(
                        figure -> figure.lines().forEach(line -> place.say().accept("  " + line)));
                FailoverPlace.settle(crowd, sides);
                boolean isBack = round % 2 == 0;
                figures = move(place, crowd, isBack ? sides.east() : sides.west(), isBack ? "east" : "west");
            }
            return figures;
        });
    }

    private List<SyncFigure> move(FailoverPlace place, MovingCrowd crowd, BenchSide target, String name) {
        FailoverDoor door = new FailoverDoor(target);
        place.say().accept("failover run --to " + name);
        long begin = System.nanoTime();
        String run = door.run(name, false);
        CompletableFuture<Duration> moved = CompletableFuture.supplyAsync(() -> {
            Waiting.until(
                    BOUND,
                    "the clients were not all in the " + name,
                    () -> FailoverPlace.holdsAll(target, crowd.services()) && crowd.isComplete());
            return since(begin);
        });
        List<String> notes = door.awaitEnd(name, run);
        Duration verified = since(begin);
        place.say().accept("the run is over");
        boolean isDone = notes.get(0).endsWith("is DONE") && door.line().startsWith(name + " ACTIVE");
        List<String> told = new ArrayList<>(notes);
        told.add(door.line());
        return figures(crowd.tally(), verified, moved.join(), isDone, told);
    }

    private List<SyncFigure> figures(
            CrowdTally tally, Duration verified, Duration moved, boolean isDone, List<String> told) {
        Duration bound = isForwarded ? VERIFIED_BY_AGENTS : VERIFIED_BY_LISTS;
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
                                "%.1f s until one has taken it, %.1f s until it has everything of it",
                                seconds(tally.untaken()),
                                seconds(tally.unregistered())),
                        GAP.toSeconds() + " s at most",
                        tally.untaken().compareTo(GAP) <= 0,
                        List.of(tally.moves() + " times a client was taken again; " + tally.refused()
                                + " registrations were sent again")),
                new SyncFigure(
                        what("from the command to verified"),
                        String.format(
                                Locale.ROOT,
                                "%.1f s, all clients there after %.1f s",
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
