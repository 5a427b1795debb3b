package io.twinspan.registry.it.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.twinspan.registry.simulation.Seed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Many seeds outside a build, for {@code twinspan simulate}: {@code COMMAND FIRST COUNT JOBS [CLIMATE]}. Each job is a thread with
 * worlds of its own. With a climate it is the first that many seeds of that climate. Ends with 0 when every invariant held, with 1 when one did not; a count of one lets the nodes speak.
 */
public final class SimulateSeeds {
    private static final long SAY_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_FAILURES = 50;

    private final String command;
    private final Iterator<Seed> seeds;
    private final long count;
    private final PrintStream out;
    private final List<Long> failed = new ArrayList<>();
    private final long began = System.nanoTime();
    private long done;
    private long said = began;

    private SimulateSeeds(String command, Stream<Seed> seeds, long count, PrintStream out) {
        this.command = command;
        this.seeds = seeds.limit(count).iterator();
        this.count = count;
        this.out = out;
    }

    /** Runs them; see the class. */
    public static void main(String[] args) throws InterruptedException {
        long count = Long.parseLong(args[2]);
        ((Logger) LoggerFactory.getLogger("io.twinspan")).setLevel(count == 1 ? Level.INFO : Level.OFF);
        long first = Long.parseLong(args[1]);
        Stream<Seed> seeds = args.length < 5 ? from(first) : of(Climate.valueOf(args[4]), first);
        SimulateSeeds all = new SimulateSeeds(args[0], seeds, count, System.out);
        System.exit(all.run(Integer.parseInt(args[3])) ? 0 : 1);
    }

    /** The seeds of one climate, from the first on. */
    static Stream<Seed> of(Climate climate, long first) {
        return from(first).filter(seed -> Climate.of(seed) == climate);
    }

    private static Stream<Seed> from(long first) {
        return LongStream.iterate(first, number -> number + 1).mapToObj(Seed::new);
    }

    private boolean run(int jobs) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            Thread thread = new Thread(this::work, "simulate-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        say();
        return failed.isEmpty();
    }

    private void work() {
        for (Seed seed = next(); seed != null; seed = next()) {
            try {
                onDone(seed, SimulatedRun.of(seed, Tampering.NONE));
            } catch (RuntimeException fault) {
                onDone(
                        seed,
                        new SimulatedRun.Outcome(
                                List.of("a fault in a node: " + fault), List.of(), List.of(), Map.of()));
                if (count == 1) {
                    fault.printStackTrace(out);
                }
            }
        }
    }

    /** Null when there are no more, or when enough have failed. */
    private synchronized @Nullable Seed next() {
        return failed.size() < MOST_FAILURES && seeds.hasNext() ? seeds.next() : null;
    }

    private synchronized void onDone(Seed seed, SimulatedRun.Outcome outcome) {
        done++;
        if (!outcome.violations().isEmpty()) {
            failed.add(seed.value());
            out.println("FAILED seed " + seed.value());
            outcome.violations().forEach(each -> out.println("  " + each));
            out.println("  again: " + command + " simulate --seed " + seed.value());
        }
        if (count == 1) {
            outcome.events().forEach(out::println);
            outcome.shown().forEach(out::println);
        }
        if (System.nanoTime() - said >= SAY_EVERY_NANOS) {
            said = System.nanoTime();
            say();
        }
    }

    private synchronized void say() {
        double minutes = (System.nanoTime() - began) / 6e10;
        out.printf("%d of %d seeds done, %.0f a minute, %d failed%n", done, count, done / minutes, failed.size());
    }
}
