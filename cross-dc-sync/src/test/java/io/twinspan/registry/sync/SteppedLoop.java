package io.twinspan.registry.sync;

import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** An event loop on manual time: tasks run when time is moved, in the order of their times. */
public final class SteppedLoop implements EventLoop {
    private record Task(long at, long number, Runnable body) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now;
    private long next;

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(now, next++, task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task scheduled = new Task(now + delay.toNanos(), next++, task);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    @Override
    public Timer scheduleEvery(Duration delay, Runnable task) {
        throw new UnsupportedOperationException("the sync has no fixed timers");
    }

    @Override
    public long nanos() {
        return now;
    }

    /** Runs what is due now, and what becomes due by that. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Moves time on and runs what falls due on the way. */
    public void advance(Duration by) {
        long until = now + by.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= until) {
            Task task = tasks.remove();
            now = Math.max(now, task.at());
            task.body().run();
        }
        now = until;
    }
}
