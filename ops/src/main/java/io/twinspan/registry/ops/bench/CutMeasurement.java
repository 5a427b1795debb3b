package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Both sides change a lot while nothing crosses; then the link is there again. */
final class CutMeasurement implements SyncMeasurement {
    private static final Duration WANTED = Duration.ofSeconds(10);
    private static final Duration BOUND = Duration.ofMinutes(3);

    @Override
    public List<SyncFigure> measure(Place place) {
        int changes = place.load().changes();
        try (LinkedSides sides = place.sides().start();
                SyncCrowd inEast = place.crowd(sides.east(), "east", changes);
                SyncCrowd inWest = place.crowd(sides.west(), "west", changes)) {
            inEast.fill();
            inWest.fill();
            sides.awaitCalm();
            place.say().accept("cutting the link for " + place.load().cutSeconds() + " s");
            sides.link().cut();
            CompletableFuture<Duration> west = CompletableFuture.supplyAsync(
                    () -> inWest.change(changes, place.load().cut()));
            inEast.change(changes, place.load().cut());
            west.join();
            long before = sides.passed();
            long healed = System.nanoTime();
            sides.link().heal();
            Waiting.until(BOUND, Duration.ofMillis(1), "nothing passed", () -> sides.passed() != before);
            long first = System.nanoTime();
            Waiting.until(
                    BOUND,
                    "the two sides did not agree",
                    () -> sides.east().agrees() && sides.west().agrees());
            Duration taken = Duration.ofNanos(System.nanoTime() - first);
            long refused = inEast.refused() + inWest.refused();
            return List.of(new SyncFigure(
                    String.format(
                            Locale.ROOT,
                            "roots agree after %d s of cut with %d changes on each side",
                            place.load().cutSeconds(),
                            changes),
                    String.format(Locale.ROOT, "%.1f s from the first byte that passed", taken.toMillis() / 1e3),
                    WANTED.toSeconds() + " s at most",
                    taken.compareTo(WANTED) <= 0 && refused == 0,
                    List.of(
                            String.format(
                                    Locale.ROOT,
                                    "the first byte passed %d ms after the link was there; %d bytes crossed until they"
                                            + " agreed",
                                    (first - healed) / 1_000_000,
                                    sides.passed() - before),
                            refused + " changes were refused or not answered")));
        }
    }
}
