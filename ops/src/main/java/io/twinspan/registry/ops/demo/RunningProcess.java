package io.twinspan.registry.ops.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that the demo started. Process ids are used again by the system, so the time of start is part of the identity.
 *
 * @param name kafka, or a node by name
 * @param startedMillis as the system tells it, milliseconds since 1970; 0 when it does not
 * @param log what the process writes to its output
 */
record RunningProcess(String name, long pid, long startedMillis, String log) {
    /** The clock the system derives start times from is corrected now and then. */
    private static final long TOLERANCE_MILLIS = 2_000;

    static RunningProcess of(String name, ProcessHandle handle, Path log) {
        long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new RunningProcess(name, handle.pid(), started, log.toString());
    }

    /** The process while it lives; empty when it has ended, even when its number belongs to another one by now. */
    Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    boolean isAlive() {
        return find().isPresent();
    }

    private boolean isSame(ProcessHandle handle) {
        long started = handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return startedMillis == 0 || started == 0 || Math.abs(started - startedMillis) <= TOLERANCE_MILLIS;
    }
}
