package io.twinspan.registry.ops.bench;

import io.twinspan.registry.ops.host.ProcessUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Processor time of the processes that make up a server. */
final class ServerClock {
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

    /** The time since an earlier reading; empty when either could not be read. */
    Optional<Duration> since(Optional<Duration> earlier) {
        return earlier.flatMap(before -> read().map(now -> now.minus(before)));
    }
}
