package io.twinspan.registry.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread of control: tasks run one after the other in the order given, so state that is touched only from one loop needs no
 * lock. A task that throws is a fault: it is reported and the loop goes on.
 */
public interface EventLoop extends Executor {
    /** A task that can be called off. */
    interface Timer {
        /** Does nothing when the task has run. */
        void cancel();
    }

    /** Runs the task once, not before the delay is over. */
    Timer schedule(Duration delay, Runnable task);

    /** Runs the task again and again, the delay between the end of one and the start of the next. */
    Timer scheduleEvery(Duration delay, Runnable task);

    /** Monotonic time of this loop, in nanoseconds; comparable only with itself. */
    long nanos();
}
