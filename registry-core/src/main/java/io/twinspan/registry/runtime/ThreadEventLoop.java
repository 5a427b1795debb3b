package io.twinspan.registry.runtime;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An event loop on a daemon thread of its own. */
public final class ThreadEventLoop implements EventLoop, AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final FaultHandler faults;

    /**
     * @param name of the thread, as seen in thread dumps
     * @param faults told of every task that threw
     */
    public ThreadEventLoop(String name, FaultHandler faults) {
        this.faults = faults;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler((task, closed) -> {});
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(guarded(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return timer(executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Timer scheduleEvery(Duration delay, Runnable task) {
        return timer(
                executor.scheduleWithFixedDelay(guarded(task), delay.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** Runs nothing more; what is running may end. */
    @Override
    public void close() {
        executor.shutdown();
    }

    private static Timer timer(ScheduledFuture<?> future) {
        return () -> future.cancel(false);
    }

    // The edge of the thread: whatever a task throws is reported here and must not end the loop.
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error fault) {
                faults.onFault(fault);
            }
        };
    }
}
