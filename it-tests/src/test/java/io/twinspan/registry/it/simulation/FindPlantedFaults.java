package io.twinspan.registry.it.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.twinspan.registry.simulation.Seed;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;

/**
 * For {@code twinspan simulate --planted}: {@code COMMAND FIRST COUNT JOBS}, the command for nothing. Says of each planted fault which of the seeds finds it first;
 * ends with 0 when each is found, with 1 when one is not.
 */
public final class FindPlantedFaults {
    private record Planted(Tampering tampering, Predicate<String> sign) {}

    private final long first;
    private final long count;
    private final PrintStream out;
    private final Queue<Planted> left = new ConcurrentLinkedQueue<>();
    private final AtomicInteger missed = new AtomicInteger();

    private FindPlantedFaults(long first, long count, PrintStream out) {
        this.first = first;
        this.count = count;
        this.out = out;
        for (PlantedFault fault : PlantedFault.values()) {
            left.add(new Planted(fault, violation -> true));
        }
        for (PlantedFarFault fault : PlantedFarFault.values()) {
            left.add(new Planted(fault, fault::isSign));
        }
        for (PlantedBreach breach : PlantedBreach.values()) {
            left.add(new Planted(breach, breach::isNamedIn));
        }
    }

    /** Runs them; see the class. */
    public static void main(String[] args) throws InterruptedException {
        ((Logger) LoggerFactory.getLogger("io.twinspan")).setLevel(Level.OFF);
        FindPlantedFaults all = new FindPlantedFaults(Long.parseLong(args[1]), Long.parseLong(args[2]), System.out);
        System.exit(all.run(Integer.parseInt(args[3])) ? 0 : 1);
    }

    /** True when one of the things that were found is a sign of what was planted. */
    static boolean isFound(Seed seed, Tampering tampering, Predicate<String> sign) {
        return SimulatedRun.of(seed, tampering).violations().stream().anyMatch(sign);
    }

    private boolean run(int jobs) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            Thread thread = new Thread(this::work, "plant-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return missed.get() == 0;
    }

    private void work() {
        for (Planted next = left.poll(); next != null; next = left.poll()) {
            find(next);
        }
    }

    /** A node that ends by what was planted is no checker's find. */
    private boolean isFoundBy(Seed seed, Planted planted) {
        try {
            return isFound(seed, planted.tampering, planted.sign);
        } catch (RuntimeException fault) {
            out.println(planted.tampering + ": a fault in a node in seed " + seed.value() + ": " + fault);
            return false;
        }
    }

    private void find(Planted planted) {
        OptionalLong found = LongStream.range(first, first + count)
                .filter(number -> isFoundBy(new Seed(number), planted))
                .findFirst();
        if (found.isEmpty()) {
            missed.incrementAndGet();
        }
        out.println(planted.tampering
                + (found.isPresent()
                        ? " is found by seed " + found.getAsLong()
                        : " is MISSED by all " + count + " seeds"));
    }
}
