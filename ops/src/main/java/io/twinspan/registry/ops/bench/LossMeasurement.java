package io.twinspan.registry.ops.bench;

import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pushes of the east's own services to the east's own clients, with everything there and with something lost, in turn. */
final class LossMeasurement implements SyncMeasurement {
    private static final double MOST = 1.3;
    private static final double TAIL = 0.99;
    private static final double MIDDLE = 0.5;
    private static final PushLoad PUSHES = new PushLoad(100, 200, 5, 256, Scope.GLOBAL, false);
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
                    measure(sides, round, line);
                }
                return List.of(
                        compare(place, "the peer's loss", sides, peer(sides), () -> measure(sides, round, line)),
                        compare(place, "Kafka's loss", sides, kafka(sides), () -> measure(sides, round, line)));
            }
        }
    }

    private static SyncFigure compare(
            Place place, String name, LinkedSides sides, Loss loss, Supplier<Measure> pushes) {
        List<Measure> with = new ArrayList<>();
        List<Measure> without = new ArrayList<>();
        boolean isThere = true;
        for (int i = 1; i <= place.load().runs(); i++) {
            // With, without; without, with: what drifts is spread over both, and things are lost only every other time.
            (isThere ? with : without).add(round(sides, isThere, pushes));
            if (isThere) {
                loss.lose();
            } else {
                loss.bringBack();
            }
            isThere = !isThere;
            (isThere ? with : without).add(round(sides, isThere, pushes));
            place.say()
                    .accept(String.format(
                            Locale.ROOT,
                            "%s, run %d of %d: p99 %.2f ms, without it %.2f ms",
                            name,
                            i,
                            place.load().runs(),
                            with.get(i - 1).latencyMillis(TAIL),
                            without.get(i - 1).latencyMillis(TAIL)));
        }
        if (!isThere) {
            loss.bringBack();
        }
        double ratio = median(tails(without)) / median(tails(with));
        long failures = Stream.concat(with.stream(), without.stream())
                .mapToLong(Measure::failures)
                .sum();
        return new SyncFigure(
                "effect of " + name + " on own pushes, median p99 of "
                        + place.load().runs() + " alternated runs",
                String.format(Locale.ROOT, "%.2f x", ratio),
                MOST + " x at most",
                ratio <= MOST && failures == 0,
                List.of(text("all there:", with), text("lost:     ", without)));
    }

    private static Measure round(LinkedSides sides, boolean isThere, Supplier<Measure> pushes) {
        if (isThere) {
            sides.awaitCalm();
        } else {
            sides.awaitQuiet();
        }
        return pushes.get();
    }

    private static Measure measure(LinkedSides sides, PushRound round, PushLine line) {
        return round.measure(line, PUSHES, sides.nodeInEast());
    }

    /** Everything of the peer is refused, its broker too. It goes on running, so that the east is not given its processor. */
    private static Loss peer(LinkedSides sides) {
        return new Loss() {
            @Override
            public void lose() {
                sides.link().sever();
            }

            @Override
            public void bringBack() {
                sides.link().heal();
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

    private static List<Double> tails(List<Measure> rounds) {
        return rounds.stream().map(each -> each.latencyMillis(TAIL)).toList();
    }

    /** The processor time tells an effect of our own from one of whatever else runs on the machine. */
    private static String text(String state, List<Measure> rounds) {
        Measure all = rounds.stream().reduce(Measure.none(), Measure::plus);
        return String.format(
                Locale.ROOT,
                "%s median %.2f ms of %s; of all %d pushes p50 %.2f ms, %s us of the node's processor time each",
                state,
                median(tails(rounds)),
                tails(rounds).stream()
                        .map(value -> String.format(Locale.ROOT, "%.1f", value))
                        .collect(Collectors.joining(" ")),
                all.operations(),
                all.latencyMillis(MIDDLE),
                all.serverMicros()
                        .map(micros -> String.format(Locale.ROOT, "%.0f", micros))
                        .orElse("unknown"));
    }
}
