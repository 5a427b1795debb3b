package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.host.ProcessUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Processor time of the processes that make up a server. */
final class ServerClock {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration QUIET = Duration.ofMillis(30);
    private static final int QUIET_LOOKS = 3;

    private final ProcessUsage usage;
    private final List<Long> pids;

    /** @param pids none when the server's processes cannot be seen from here */
    ServerClock(ProcessUsage usage, List<Long> pids) {
        this.usage = usage;
        this.pids = List.copyOf(pids);
    }

    /** Time since the processes began; empty when any of them cannot be seen. */
    Optional<Duration> read() {
        if (pids.isEmpty()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (long pid : pids) {
            Optional<Duration> one = usage.processorTime(pid);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(one.get());
        }
        return Optional.of(sum);
    }

    /** Returns when the processes rest, so that what they still have to do is not counted with what comes next. */
    void awaitQuiet() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<Duration> before = read();
        int quiet = 0;
        while (before.isPresent() && quiet < QUIET_LOOKS && System.nanoTime() < end) {
            // Processor time has to be looked at again and again: nobody tells when it stops growing.
            Waiting.pause(LOOK);
            Optional<Duration> used = since(before);
            quiet = used.isPresent() && used.get().compareTo(QUIET) <= 0 ? quiet + 1 : 0;
            before = read();
        }
    }

    /** The time since an earlier reading; empty when either could not be read. */
    Optional<Duration> since(Optional<Duration> earlier) {
        return earlier.flatMap(before -> read().map(now -> now.minus(before)));
    }
}
