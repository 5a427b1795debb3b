package io.twinspan.registry.ops.bench;

import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Pushes of the east's own services to the east's own clients, with everything there and with something lost, in turn. */
final class LossMeasurement implements SyncMeasurement {
    private static final double MOST = 1.3;
    private static final double TAIL = 0.99;
    private static final PushLoad PUSHES = new PushLoad(100, 300, 10, 256, Scope.GLOBAL, false);
    private static final int WARMING_ROUNDS = 4;

    /** Something that can be lost, and come back. */
    private interface Loss {
        void lose();

        void bringBack();
    }

    @Override
    public List<SyncFigure> measure(Place place) {
        try (LinkedSides sides = place.sides().start()) {
            sides.awaitCalm();
            PushRound round = new PushRound(PUSHES.subscribers());
            PushPlace where = new PushPlace(
                    "com.example.bench.loss",
                    sides.east().session(),
                    sides.east().session());
            try (PushLine line = new RawPushLine(where, PUSHES, place.clock(), round)) {
                place.say().accept("warming up");
                for (int i = 0; i < WARMING_ROUNDS; i++) {
                    tail(round, line);
                }
                return List.of(
                        compare(place, "the peer's loss", sides, peer(sides), () -> tail(round, line)),
                        compare(place, "Kafka's loss", sides, kafka(sides), () -> tail(round, line)));
            }
        }
    }

    private static SyncFigure compare(Place place, String name, LinkedSides sides, Loss loss, DoubleSupplier tail) {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 1; i <= place.load().runs(); i++) {
            sides.awaitCalm();
            with.add(tail.getAsDouble());
            loss.lose();
            sides.awaitQuiet();
            without.add(tail.getAsDouble());
            loss.bringBack();
            place.say()
                    .accept(String.format(
                            Locale.ROOT,
                            "%s, run %d of %d: p99 %.2f ms, without it %.2f ms",
                            name,
                            i,
                            place.load().runs(),
                            with.get(i - 1),
                            without.get(i - 1)));
        }
        double ratio = median(without) / median(with);
        return new SyncFigure(
                "effect of " + name + " on own pushes, median p99 of "
                        + place.load().runs() + " alternated runs",
                String.format(Locale.ROOT, "%.2f x", ratio),
                MOST + " x at most",
                ratio <= MOST,
                List.of(
                        String.format(Locale.ROOT, "all there: median %.2f ms of %s", median(with), text(with)),
                        String.format(Locale.ROOT, "lost:      median %.2f ms of %s", median(without), text(without))));
    }

    private static double tail(PushRound round, PushLine line) {
        return round.measure(line, PUSHES, SyncCrowd.UNSEEN).latencyMillis(TAIL);
    }

    private static Loss peer(LinkedSides sides) {
        return new Loss() {
            @Override
            public void lose() {
                sides.west().killNode();
                sides.west().killBroker();
            }

            @Override
            public void bringBack() {
                sides.west().startBroker();
                sides.west().startNode();
                sides.west().awaitReady();
            }
        };
    }

    private static Loss kafka(LinkedSides sides) {
        return new Loss() {
            @Override
            public void lose() {
                sides.east().killBroker();
                sides.west().killBroker();
            }

            @Override
            public void bringBack() {
                sides.east().startBroker();
                sides.west().startBroker();
                sides.east().awaitReady();
                sides.west().awaitReady();
            }
        };
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static String text(List<Double> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%.1f", value))
                .collect(Collectors.joining(" "));
    }
}
