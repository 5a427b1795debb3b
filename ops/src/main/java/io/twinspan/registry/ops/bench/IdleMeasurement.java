package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A large registry in which nothing happens. */
final class IdleMeasurement implements SyncMeasurement {
    private static final double MOST = 20;
    private static final Duration SLICE = Duration.ofSeconds(10);
    private static final int SLICES = 24;
    private static final Duration AFTERWARDS = Duration.ofSeconds(30);

    /** What crossed in a while, and how many slots were announced whole in it. */
    private record Slice(long bytes, long fulls) {}

    @Override
    public List<SyncFigure> measure(Place place) {
        int services = place.load().services();
        try (LinkedSides sides = place.sides().start();
                SyncCrowd crowd = place.crowd(sides.east(), "idle", services)) {
            crowd.fill();
            sides.awaitCalm();
            Waiting.pause(AFTERWARDS);
            place.say().accept("listening for " + SLICE.multipliedBy(SLICES).toSeconds() + " s");
            List<Slice> slices = new ArrayList<>();
            for (int i = 0; i < SLICES; i++) {
                slices.add(listen(sides));
            }
            SyncReading reading = sides.west().reading();
            double quiet = kilobits(slices.stream()
                    .filter(each -> each.fulls() == 0)
                    .mapToLong(Slice::bytes)
                    .average()
                    .orElse(0));
            double all =
                    kilobits(slices.stream().mapToLong(Slice::bytes).average().orElse(0));
            long fulls = slices.stream().mapToLong(Slice::fulls).sum();
            boolean isKnown = reading.isSynced() && reading.services() == services;
            return List.of(new SyncFigure(
                    "traffic both ways with " + services + " services known and idle, without scheduled fulls",
                    String.format(Locale.ROOT, "%.1f kbit/s", quiet),
                    String.format(Locale.ROOT, "%.0f kbit/s at most", MOST),
                    quiet <= MOST && isKnown,
                    List.of(String.format(
                            Locale.ROOT,
                            "with %d scheduled fulls in %d s: %.1f kbit/s, of which fulls %.1f kbit/s",
                            fulls,
                            SLICE.multipliedBy(SLICES).toSeconds(),
                            all,
                            all - quiet))));
        }
    }

    private static Slice listen(LinkedSides sides) {
        long bytes = sides.passed();
        long fulls = fulls(sides);
        Waiting.pause(SLICE);
        return new Slice(sides.passed() - bytes, fulls(sides) - fulls);
    }

    private static long fulls(LinkedSides sides) {
        return sides.east().reading().fulls() + sides.west().reading().fulls();
    }

    private static double kilobits(double bytesOfSlice) {
        return bytesOfSlice * 8 / SLICE.toMillis();
    }
}
