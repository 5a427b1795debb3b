package io.twinspan.registry.simulation;

import io.twinspan.registry.clock.HybridClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Wall clock, monotonic time and agenda of a simulated machine park. Time stands still until {@link #advance} is called. A task
 * that throws ends the call that ran it, so that a test fails where the fault is. Not thread-safe.
 */
public final class ManualClock implements InstantSource {
    /** Most tasks that may run at one instant; more means that they keep waking each other for ever. */
    static final int MOST_TASKS_AT_ONCE = 1_000_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Entry> agenda = new PriorityQueue<>();
    private long nanos;
    private long order;

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    /** Monotonic nanoseconds since this clock was made. */
    public long nanos() {
        return nanos;
    }

    /** A new hybrid clock on this time. */
    public HybridClock hybrid() {
        return new HybridClock(this, this::nanos);
    }

    /** Moves time on and runs, each at its own instant, everything that comes due until then, the end included. */
    public void advance(Duration by) {
        long until = nanos + by.toNanos();
        while (!agenda.isEmpty() && agenda.peek().dueNanos <= until) {
            nanos = Math.max(nanos, agenda.peek().dueNanos);
            runDue();
        }
        nanos = until;
    }

    /** Lets time pass in which nothing ran, as for a machine that was suspended; then runs what is overdue. */
    public void stall(Duration by) {
        nanos += by.toNanos();
        runDue();
    }

    /** Runs everything that is due now, and what that adds for now. */
    public void runDue() {
        int ran = 0;
        while (!agenda.isEmpty() && agenda.peek().dueNanos <= nanos) {
            if (++ran > MOST_TASKS_AT_ONCE) {
                throw new IllegalStateException("more than " + MOST_TASKS_AT_ONCE + " tasks at " + instant());
            }
            Runnable task = agenda.remove().task;
            if (task != null) {
                task.run();
            }
        }
    }

    Entry add(Duration delay, Runnable task) {
        Entry entry = new Entry(nanos + Math.max(0, delay.toNanos()), order++, task);
        agenda.add(entry);
        return entry;
    }

    /** The entry keeps its place until it is due, for to search the agenda for it would cost more; its task is let go of at once. */
    void remove(Entry entry) {
        entry.task = null;
    }

    /** One task and when it is due. */
    static final class Entry implements Comparable<Entry> {
        private final long dueNanos;
        private final long order;
        private @Nullable Runnable task;

        private Entry(long dueNanos, long order, Runnable task) {
            this.dueNanos = dueNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
