package io.twinspan.registry.ops.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What each subscription was shown, against the one number that it is to be shown next. Any thread. */
final class SwitchTally {
    private final AtomicIntegerArray shown;
    private final AtomicInteger arrived = new AtomicInteger();
    private final LongAdder others = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final AtomicLong lastNanos = new AtomicLong();
    private volatile int wanted;

    /** Nobody has been shown anything. */
    SwitchTally(int subscriptions) {
        this.shown = new AtomicIntegerArray(subscriptions);
    }

    /** From here on each subscription is to be shown this number, once. */
    void expect(int number) {
        arrived.set(0);
        others.reset();
        repeated.reset();
        wanted = number;
    }

    void onShown(int subscription, int number, long nowNanos) {
        int before = shown.getAndSet(subscription, number);
        if (number != wanted) {
            others.increment();
        } else if (before == number) {
            repeated.increment();
        } else {
            lastNanos.accumulateAndGet(nowNanos, Math::max);
            arrived.incrementAndGet();
        }
    }

    /** True when each has been shown it. */
    boolean isComplete() {
        return arrived.get() == shown.length();
    }

    int arrived() {
        return arrived.get();
    }

    /** Pushes that showed something else. */
    long others() {
        return others.sum();
    }

    /** Pushes that showed it to somebody who had been shown it. */
    long repeated() {
        return repeated.sum();
    }

    /** When somebody was shown it first and last, by {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos.get();
    }
}
