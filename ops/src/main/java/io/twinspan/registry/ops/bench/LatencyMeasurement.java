package io.twinspan.registry.ops.bench;

import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** From publishing in the east to being shown in the west. */
final class LatencyMeasurement implements SyncMeasurement {
    private static final Duration DELAY = Duration.ofMillis(30);
    private static final double ROUND_TRIP = 60;
    private static final double MIDDLE = 0.5;
    private static final double TAIL = 0.99;
    private static final double GRACE = 20;
    private static final PushLoad NEAR = new PushLoad(1, 300, 50, 256, Scope.GLOBAL, false);
    private static final PushLoad FAR = new PushLoad(1, 100, 200, 256, Scope.GLOBAL, false);
    private static final int A_SECOND = 100;
    private static final ChurnLoad STEADY = new ChurnLoad(new FillLoad(4, 16, 1_000, 256), 100, A_SECOND, 20);
    private static final Duration WARMING = Duration.ofSeconds(5);

    @Override
    public List<SyncFigure> measure(Place place) {
        try (LinkedSides sides = place.sides().start()) {
            sides.awaitCalm();
            PushRound round = new PushRound(1);
            PushPlace where = across(sides, "com.example.bench.latency");
            try (PushLine line = new RawPushLine(where, NEAR, place.clock(), round)) {
                place.say().accept("warming up");
                round.measure(line, NEAR, SyncCrowd.UNSEEN);
                Measure near = round.measure(line, NEAR, SyncCrowd.UNSEEN);
                sides.link().delay(DELAY);
                Measure far = round.measure(line, FAR, SyncCrowd.UNSEEN);
                return List.of(
                        near(near), far("idle", far, 1.5), far(A_SECOND + " changes/s", steady(place, sides), 2.5));
            }
        }
    }

    private static Measure steady(Place place, LinkedSides sides) {
        try (ChurnRound round =
                new ChurnRound(across(sides, "steady"), Scope.GLOBAL, STEADY, place.clock(), SyncCrowd.UNSEEN)) {
            round.measure(WARMING);
            return round.measure(Duration.ofSeconds(STEADY.seconds()));
        }
    }

    private static PushPlace across(LinkedSides sides, String name) {
        return new PushPlace(name, sides.east().session(), sides.west().session());
    }

    private static SyncFigure near(Measure measure) {
        return new SyncFigure(
                "published in the east, shown in the west, no delay, idle",
                text(measure),
                "p50 15 ms, p99 60 ms at most",
                measure.latencyMillis(MIDDLE) <= 15 && measure.latencyMillis(TAIL) <= 60 && measure.failures() == 0,
                failures(measure));
    }

    private static SyncFigure far(String load, Measure measure, double roundTrips) {
        double most = roundTrips * ROUND_TRIP + GRACE;
        return new SyncFigure(
                "the same with " + DELAY.toMillis() + " ms each way, " + load,
                text(measure),
                String.format(Locale.ROOT, "p50 %.0f ms at most, %.1f round trips + %.0f ms", most, roundTrips, GRACE),
                measure.latencyMillis(MIDDLE) <= most && measure.failures() == 0,
                failures(measure));
    }

    private static String text(Measure measure) {
        return String.format(
                Locale.ROOT, "p50 %.1f ms, p99 %.1f ms", measure.latencyMillis(MIDDLE), measure.latencyMillis(TAIL));
    }

    private static List<String> failures(Measure measure) {
        return List.of(measure.operations() + " shown, " + measure.failures() + " refused or not shown in time");
    }
}
