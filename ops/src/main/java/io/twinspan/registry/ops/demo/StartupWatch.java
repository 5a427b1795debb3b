package io.twinspan.registry.ops.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Waits until every process is well and tells how it goes; a process that ends meanwhile ends the wait. */
final class StartupWatch {
    private static final Duration PAUSE = Duration.ofMillis(150);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 15;

    private final HealthProbe probe;
    private final Duration patience;
    private final Consumer<String> say;
    private final Set<Vital> well = new HashSet<>();

    /** @param patience how long all may take together */
    StartupWatch(HealthProbe probe, Duration patience, Consumer<String> say) {
        this.probe = probe;
        this.patience = patience;
        this.say = say;
    }

    /**
     * Returns when all is well.
     *
     * @throws DemoFailedException naming the process that ended, or what is not well after the patience, with the end of its log
     */
    void await(List<RunningProcess> processes, List<Vital> vitals) {
        long begin = System.nanoTime();
        long reported = begin;
        Set<String> ready = new HashSet<>();
        while (true) {
            List<String> waiting = check(vitals);
            refuseEnded(processes);
            for (RunningProcess process : processes) {
                boolean isReady = vitals.stream()
                        .filter(vital -> vital.process().equals(process.name()))
                        .allMatch(well::contains);
                if (isReady && ready.add(process.name())) {
                    say.accept(
                            String.format(Locale.ROOT, "  %-15s healthy after %.1f s", process.name(), seconds(begin)));
                }
            }
            if (ready.size() == processes.size()) {
                return;
            }
            long now = System.nanoTime();
            if (now - begin > patience.toNanos()) {
                throw tooSlow(processes, waiting, ready);
            }
            if (now - reported > BETWEEN_REPORTS.toNanos()) {
                reported = now;
                say.accept(String.format(
                        Locale.ROOT, "  … %.0f s, still waiting for %s", seconds(begin), notReady(processes, ready)));
            }
            pause();
        }
    }

    /** Ends the wait when a process is gone. */
    static void refuseEnded(List<RunningProcess> processes) {
        for (RunningProcess process : processes) {
            if (!process.isAlive()) {
                throw new DemoFailedException(process.name() + " (pid " + process.pid() + ") has ended by itself."
                        + tail(process) + "\nIts whole output is in " + process.log());
            }
        }
    }

    private static String notReady(List<RunningProcess> processes, Set<String> ready) {
        return processes.stream()
                .map(RunningProcess::name)
                .filter(name -> !ready.contains(name))
                .collect(Collectors.joining(", "));
    }

    private List<String> check(List<Vital> vitals) {
        List<String> waiting = new ArrayList<>();
        for (Vital vital : vitals) {
            if (well.contains(vital)) {
                continue;
            }
            Health health = vital.probe(probe);
            if (health.isHealthy()) {
                well.add(vital);
            } else {
                waiting.add(vital.process() + " " + vital.name() + " (" + health.detail() + ")");
            }
        }
        return waiting;
    }

    private DemoFailedException tooSlow(List<RunningProcess> processes, List<String> waiting, Set<String> ready) {
        StringBuilder message =
                new StringBuilder("not healthy after " + patience.toSeconds() + " s: " + String.join(", ", waiting));
        processes.stream()
                .filter(process -> !ready.contains(process.name()))
                .forEach(process -> message.append("\n")
                        .append(process.name())
                        .append(" (pid ")
                        .append(process.pid())
                        .append(", log ")
                        .append(process.log())
                        .append(")")
                        .append(tail(process)));
        return new DemoFailedException(message.toString());
    }

    private static String tail(RunningProcess process) {
        List<String> lines = LogTail.lines(Path.of(process.log()), TAIL_LINES);
        return lines.isEmpty() ? " It has written nothing." : " Its last lines:\n  | " + String.join("\n  | ", lines);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void pause() {
        try {
            // A port that opens wakes nobody: it has to be tried.
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailedException("interrupted while waiting for the processes");
        }
    }
}
