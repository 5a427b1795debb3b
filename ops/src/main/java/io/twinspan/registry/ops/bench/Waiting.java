package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** How the load tool waits for what nobody tells it, and for the time to do the next thing. */
final class Waiting {
    private static final Duration LOOK = Duration.ofMillis(100);

    private Waiting() {}

    /**
     * Looks again and again until it is so.
     *
     * @param otherwise what to say when it is not within the bound
     * @throws BenchException then
     */
    static void until(Duration bound, String otherwise, BooleanSupplier isDone) {
        until(bound, LOOK, otherwise, isDone);
    }

    /** The same, looking so often. */
    static void until(Duration bound, Duration look, String otherwise, BooleanSupplier isDone) {
        long end = System.nanoTime() + bound.toNanos();
        while (!isDone.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchException(otherwise + " within " + bound.toSeconds() + " s", null);
            }
            pause(look);
        }
    }

    /** Waits so long. */
    static void pause(Duration length) {
        try {
            // A load tool waits by the clock: what it watches does not tell when it is done.
            Thread.sleep(length.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }

    /** Waits until a reading of {@link System#nanoTime}. */
    static void at(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Does something so many times, each when it is due; returns how long that took. */
    static Duration paced(int count, Duration length, IntConsumer each) {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            at(begin + length.toNanos() / count * i);
            each.accept(i);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
