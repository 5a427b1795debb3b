package io.twinspan.registry.ops.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Ends processes: first they are asked, and killed when they do not go. */
final class Ending {
    private final Duration patience;
    private final Consumer<String> say;

    /** @param patience how long a process may take before it is killed */
    Ending(Duration patience, Consumer<String> say) {
        this.patience = patience;
        this.say = say;
    }

    /** Ends the nodes together, then the broker, because nodes that lose it first would only complain. */
    void end(List<RunningProcess> processes) {
        endTogether(processes.stream()
                .filter(process -> !process.name().equals(DemoHome.KAFKA))
                .toList());
        endTogether(processes.stream()
                .filter(process -> process.name().equals(DemoHome.KAFKA))
                .toList());
    }

    private void endTogether(List<RunningProcess> processes) {
        long deadline = System.nanoTime() + patience.toNanos();
        processes.forEach(process -> process.find().ifPresent(ProcessHandle::destroy));
        for (RunningProcess process : processes) {
            process.find().ifPresent(handle -> {
                if (!hasEnded(handle, deadline - System.nanoTime())) {
                    say.accept("  " + process.name() + " (pid " + process.pid() + ") did not end within "
                            + patience.toSeconds() + " s and is killed");
                    handle.destroyForcibly();
                    hasEnded(handle, patience.toNanos());
                }
            });
        }
    }

    /** Waits for the end of a process that somebody has asked or made to end, up to a bound; never for this one. */
    static boolean awaitEnd(RunningProcess process, Duration bound) {
        return process.find()
                .map(handle -> !handle.equals(ProcessHandle.current()) && hasEnded(handle, bound.toNanos()))
                .orElse(true);
    }

    private static boolean hasEnded(ProcessHandle handle, long nanos) {
        CompletableFuture<ProcessHandle> ended = handle.onExit();
        try {
            ended.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException("the end of pid " + handle.pid() + " cannot be awaited", unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
