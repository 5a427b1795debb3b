package io.twinspan.registry.simulation;

import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;

/**
 * An event loop without a thread: what it is given waits on the agenda of its {@link ManualClock}, also what {@link #execute} was
 * given, until the clock is advanced or told to run what is due. Loops that share a clock are run as if on one machine.
 */
public final class ManualEventLoop implements EventLoop {
    private final ManualClock clock;

    /** A loop with a clock of its own. */
    public ManualEventLoop() {
        this(new ManualClock());
    }

    /** A loop that shares a clock with others. */
    public ManualEventLoop(ManualClock clock) {
        this.clock = clock;
    }

    /** The time this loop goes by. */
    public ManualClock clock() {
        return clock;
    }

    /** Moves the time of every loop of this clock on; see {@link ManualClock#advance}. */
    public void advance(Duration by) {
        clock.advance(by);
    }

    /** Runs what is due on every loop of this clock; see {@link ManualClock#runDue}. */
    public void runDue() {
        clock.runDue();
    }

    @Override
    public void execute(Runnable task) {
        clock.add(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ManualClock.Entry entry = clock.add(delay, task);
        return () -> clock.remove(entry);
    }

    @Override
    public Timer scheduleEvery(Duration delay, Runnable task) {
        return new Repetition(delay, task);
    }

    @Override
    public long nanos() {
        return clock.nanos();
    }

    private final class Repetition implements Timer {
        private final Duration delay;
        private final Runnable task;
        private ManualClock.Entry next;
        private boolean isCancelled;

        Repetition(Duration delay, Runnable task) {
            if (delay.isZero() || delay.isNegative()) {
                throw new IllegalArgumentException("a repetition needs a delay, not " + delay);
            }
            this.delay = delay;
            this.task = task;
            this.next = clock.add(delay, this::run);
        }

        @Override
        public void cancel() {
            isCancelled = true;
            clock.remove(next);
        }

        private void run() {
            task.run();
            if (!isCancelled) {
                next = clock.add(delay, this::run);
            }
        }
    }
}
