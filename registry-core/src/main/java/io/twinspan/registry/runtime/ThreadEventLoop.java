package io.twinspan.registry.runtime;

import java.time.Duration;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An event loop on a daemon thread of its own. Giving it a task takes no lock and wakes the thread only when it sleeps: the queue
 * of a scheduled executor, a heap behind a lock, cost more than most of our tasks. Timers are rarer and stand behind a lock,
 * which guards them and the time at which the thread means to wake.
 */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {
    /** Tasks that run before timers are looked at again. */
    private static final int MOST_IN_A_ROW = 256;

    private static final long NEVER = Long.MAX_VALUE;

    private final FaultHandler faults;
    private final long startNanos = System.nanoTime();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<TimedTask> timers = new TreeSet<>();
    private final AtomicBoolean isAsleep = new AtomicBoolean();
    private final Thread thread;
    private long scheduled;
    private long wakesAt = NEVER;
    private volatile long firstDue = NEVER;
    private volatile boolean isClosed;

    /**
     * @param name of the thread, as seen in thread dumps
     * @param faults told of every task that threw
     */
    public ThreadEventLoop(String name, FaultHandler faults) {
        this.faults = faults;
        this.thread = new Thread(this::runUntilClosed, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void execute(Runnable task) {
        if (!isClosed) {
            tasks.add(task);
            wake();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        TimedTask timer = new TimedTask(task, -1);
        if (delay.isZero() || delay.isNegative()) {
            // It has its turn among the tasks, in the order given.
            execute(() -> {
                if (!timer.isCancelled) {
                    task.run();
                }
            });
            return timer;
        }
        return add(timer, delay.toNanos());
    }

    @Override
    public Timer scheduleEvery(Duration delay, Runnable task) {
        return add(new TimedTask(task, delay.toNanos()), delay.toNanos());
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Runs nothing more; what is running may end. */
    @Override
    public void close() {
        isClosed = true;
        tasks.clear();
        synchronized (timers) {
            timers.clear();
            firstDue = NEVER;
        }
        LockSupport.unpark(thread);
    }

    /** One timer. Ordered by when it is due, then by when it was set; both are changed only while it is in no set. */
    private final class TimedTask implements Timer, Comparable<TimedTask> {
        private final Runnable task;
        private final long periodNanos;
        private long due;
        private long number;
        private volatile boolean isCancelled;

        /** @param periodNanos below 0 for a task that runs once */
        TimedTask(Runnable task, long periodNanos) {
            this.task = task;
            this.periodNanos = periodNanos;
        }

        @Override
        public void cancel() {
            isCancelled = true;
            synchronized (timers) {
                timers.remove(this);
                firstDue = timers.isEmpty() ? NEVER : timers.first().due;
            }
        }

        @Override
        public int compareTo(TimedTask other) {
            int order = Long.compare(due, other.due);
            return order != 0 ? order : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private TimedTask add(TimedTask timer, long delayNanos) {
        boolean isEarlier;
        synchronized (timers) {
            if (isClosed || timer.isCancelled) {
                return timer;
            }
            timer.due = sinceStart() + Math.max(0, delayNanos);
            timer.number = scheduled++;
            timers.add(timer);
            firstDue = timers.first().due;
            // Most timers are time-outs that are called off: for those the thread need not wake.
            isEarlier = timer.due < wakesAt;
        }
        if (isEarlier) {
            wake();
        }
        return timer;
    }

    private void wake() {
        if (isAsleep.get() && isAsleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void runUntilClosed() {
        while (!isClosed) {
            int ran = 0;
            for (Runnable task = tasks.poll(); task != null && !isClosed; task = next(++ran)) {
                run(task);
            }
            runDue();
            if (ran < MOST_IN_A_ROW) {
                sleep();
            }
        }
        tasks.clear();
    }

    private @Nullable Runnable next(int ran) {
        return ran < MOST_IN_A_ROW ? tasks.poll() : null;
    }

    /** Runs what is due now; what becomes due meanwhile has its turn after the tasks. */
    private void runDue() {
        if (firstDue > sinceStart()) {
            return;
        }
        long now = sinceStart();
        for (TimedTask timer = takeDue(now); timer != null && !isClosed; timer = takeDue(now)) {
            run(timer.task);
            if (timer.periodNanos >= 0) {
                add(timer, timer.periodNanos);
            }
        }
    }

    private @Nullable TimedTask takeDue(long now) {
        synchronized (timers) {
            if (timers.isEmpty() || timers.first().due > now) {
                return null;
            }
            TimedTask first = timers.pollFirst();
            firstDue = timers.isEmpty() ? NEVER : timers.first().due;
            return first;
        }
    }

    // Whoever adds something either sees that the thread is asleep, or has added it before the thread looks once more.
    private void sleep() {
        isAsleep.set(true);
        long due;
        synchronized (timers) {
            due = firstDue;
            wakesAt = due;
        }
        if (tasks.isEmpty() && !isClosed) {
            if (due == NEVER) {
                LockSupport.park(this);
            } else {
                long left = due - sinceStart();
                if (left > 0) {
                    LockSupport.parkNanos(this, left);
                }
            }
        }
        isAsleep.set(false);
        // A task that left its interrupt behind must not keep the thread from sleeping.
        Thread.interrupted();
    }

    private long sinceStart() {
        return System.nanoTime() - startNanos;
    }

    // The edge of the thread: whatever a task throws is reported here and must not end the loop.
    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error fault) {
            report(fault);
        }
    }

    private void report(Throwable fault) {
        try {
            faults.onFault(fault);
        } catch (RuntimeException | Error alsoFaulty) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, alsoFaulty);
        }
    }
}
