package io.twinspan.registry.simulation;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One life of one process: its wall clock, which may be wrong and may jump, its event loops, and whether it runs, is paused as by
 * SIGSTOP, or is killed. What comes due while it is paused runs when it goes on; what comes due after it was killed never runs.
 */
public final class SimulatedProcess {
    private final String name;
    private final ManualClock time;
    private final HybridClock clock;
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private Duration skew;
    private boolean isPaused;
    private boolean isKilled;

    /** @param skew how far the wall clock is ahead of the others */
    public SimulatedProcess(String name, ManualClock time, Duration skew) {
        this.name = name;
        this.time = time;
        this.skew = skew;
        this.clock = new HybridClock(() -> time.instant().plus(this.skew), time::nanos);
    }

    /** For people. */
    public String name() {
        return name;
    }

    /** The process's clock. */
    public HybridClock clock() {
        return clock;
    }

    /** A new event loop that lives and dies with the process. */
    public EventLoop loop() {
        return new ProcessLoop();
    }

    /** The wall clock is set; the monotonic one goes on. */
    public void jump(Duration by) {
        skew = skew.plus(by);
    }

    /** Nothing runs from now on. */
    public void pause() {
        isPaused = true;
    }

    /** Goes on with what it has missed. */
    public void resume() {
        isPaused = false;
        while (!missed.isEmpty() && !isPaused) {
            run(missed.removeFirst());
        }
    }

    /** Ends this life at once. */
    public void kill() {
        isKilled = true;
        missed.clear();
    }

    /** True until it is killed, paused or not. */
    public boolean isAlive() {
        return !isKilled;
    }

    /** True while it is alive and not paused. */
    public boolean isRunning() {
        return !isKilled && !isPaused;
    }

    /** Runs the task here and now, or when the process goes on, or never. */
    public void run(Runnable task) {
        if (isKilled) {
            return;
        }
        if (isPaused) {
            missed.addLast(task);
        } else {
            task.run();
        }
    }

    private final class ProcessLoop implements EventLoop {
        private final ManualEventLoop loop = new ManualEventLoop(time);

        @Override
        public void execute(Runnable task) {
            loop.execute(() -> run(task));
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return new Once(delay, task);
        }

        @Override
        public Timer scheduleEvery(Duration delay, Runnable task) {
            return new Repeated(delay, task);
        }

        @Override
        public long nanos() {
            return loop.nanos();
        }

        private final class Once implements Timer {
            private final Timer timer;
            private boolean isCancelled;

            Once(Duration delay, Runnable task) {
                // Cancelled between coming due and running, in a process that was paused, it does not run either.
                this.timer = loop.schedule(
                        delay,
                        () -> run(() -> {
                            if (!isCancelled) {
                                task.run();
                            }
                        }));
            }

            @Override
            public void cancel() {
                isCancelled = true;
                timer.cancel();
            }
        }

        private final class Repeated implements Timer {
            private final Duration delay;
            private final Runnable task;
            private Timer next;
            private boolean isCancelled;

            Repeated(Duration delay, Runnable task) {
                this.delay = delay;
                this.task = task;
                this.next = schedule(delay, this::repeat);
            }

            @Override
            public void cancel() {
                isCancelled = true;
                next.cancel();
            }

            private void repeat() {
                task.run();
                if (!isCancelled) {
                    next = schedule(delay, this::repeat);
                }
            }
        }
    }
}
