package io.twinspan.registry.it.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.twinspan.registry.simulation.Seed;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.LoggerFactory;

/**
 * For {@code twinspan simulate --table}: {@code COMMAND FIRST COUNT JOBS}. Counts of each fault between datacenters and each invariant
 * the seeds in which the fault was active while the invariant was checked, with something to check. Checks of what the faults have
 * left behind count for every fault of their seed. Ends with 1 when a number is zero, or an invariant did not hold.
 */
public final class FaultTable {
    /** D8 and M5 have no checker here. */
    private static final List<String> INVARIANTS = List.of(
            "M1", "M2", "M3", "M4", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D9", "D10", "D11", "D12", "verify");

    private final String command;
    private final long first;
    private final long count;
    private final PrintStream out;
    private final AtomicLong next = new AtomicLong();
    private final Map<FarFault, Map<String, Integer>> seeds = new EnumMap<>(FarFault.class);
    private int failed;

    private FaultTable(String command, long first, long count, PrintStream out) {
        this.command = command;
        this.first = first;
        this.count = count;
        this.out = out;
        for (FarFault fault : FarFault.values()) {
            seeds.put(fault, new TreeMap<>());
        }
    }

    /** Runs them; see the class. */
    public static void main(String[] args) throws InterruptedException {
        ((Logger) LoggerFactory.getLogger("io.twinspan")).setLevel(Level.OFF);
        FaultTable table = new FaultTable(args[0], Long.parseLong(args[1]), Long.parseLong(args[2]), System.out);
        System.exit(table.run(Integer.parseInt(args[3])) ? 0 : 1);
    }

    private boolean run(int jobs) throws InterruptedException {
        Thread[] threads = new Thread[jobs];
        for (int i = 0; i < jobs; i++) {
            threads[i] = new Thread(this::work, "table-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return print() && failed == 0;
    }

    private void work() {
        for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            Seed seed = new Seed(first + i);
            // Only a federation has these faults.
            if (Climate.of(seed) == Climate.FEDERATION) {
                try {
                    add(seed, SimulatedRun.of(seed, Tampering.NONE));
                } catch (RuntimeException fault) {
                    fail(seed, "a fault in a node: " + fault);
                }
            }
        }
    }

    private synchronized void add(Seed seed, SimulatedRun.Outcome outcome) {
        for (Map.Entry<FarFault, SortedSet<String>> each : outcome.coverage().entrySet()) {
            Map<String, Integer> row = seeds.getOrDefault(each.getKey(), new TreeMap<>());
            each.getValue().forEach(invariant -> row.merge(invariant, 1, Integer::sum));
        }
        if (!outcome.violations().isEmpty()) {
            fail(seed, outcome.violations().get(0));
        }
    }

    private synchronized void fail(Seed seed, String what) {
        failed++;
        out.println("FAILED seed " + seed.value() + ": " + what);
        out.println("  again: " + command + " simulate --seed " + seed.value());
    }

    private boolean print() {
        boolean isFull = true;
        out.printf("%-30s", "seeds " + first + " to " + (first + count - 1));
        INVARIANTS.forEach(each -> out.printf(" %6s", each));
        out.println();
        for (FarFault fault : FarFault.values()) {
            out.printf("%-30s", fault);
            for (String invariant : INVARIANTS) {
                int number = seeds.getOrDefault(fault, Map.of()).getOrDefault(invariant, 0);
                isFull &= number > 0;
                out.printf(" %6d", number);
            }
            out.println();
        }
        return isFull;
    }
}
