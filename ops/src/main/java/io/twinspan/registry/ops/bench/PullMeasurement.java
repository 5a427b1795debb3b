package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** An empty datacenter that has never heard of a full one, and then does. */
final class PullMeasurement implements SyncMeasurement {
    private static final Duration WANTED = Duration.ofSeconds(5);
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(20);

    @Override
    public List<SyncFigure> measure(Place place) {
        int services = place.load().services();
        try (LinkedSides sides = place.sides()) {
            sides.link().sever();
            sides.start();
            try (SyncCrowd crowd = place.crowd(sides.east(), "pull", services)) {
                crowd.fill();
                Waiting.until(BOUND, "not everything was announced", () -> {
                    SyncReading reading = sides.east().reading();
                    return reading.announced() >= services && reading.waiting() == 0;
                });
                sides.awaitQuiet();
                long before = sides.passed();
                sides.link().heal();
                Waiting.until(BOUND, Duration.ofMillis(1), "nothing passed", () -> sides.passed() != before);
                long first = System.nanoTime();
                Waiting.until(BOUND, LOOK, "the west did not know everything", () -> {
                    SyncReading reading = sides.west().reading();
                    return reading.isSynced() && reading.services() == services;
                });
                Duration taken = Duration.ofNanos(System.nanoTime() - first);
                long bytes = sides.passed() - before;
                SyncReading reading = sides.west().reading();
                return List.of(new SyncFigure(
                        "an empty datacenter knows all " + services + " services of its peer",
                        String.format(Locale.ROOT, "%.1f s from the first byte that passed", taken.toMillis() / 1e3),
                        WANTED.toSeconds() + " s at most",
                        taken.compareTo(WANTED) <= 0,
                        List.of(String.format(
                                Locale.ROOT,
                                "%d slots asked for, %.1f MB crossed, %.1f bytes a service",
                                reading.pulls(),
                                bytes / 1e6,
                                (double) bytes / services))));
            }
        }
    }
}
