package io.twinspan.registry.sync.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits between attempts, doubled from one to the next, and ended at once when the channel closes. */
final class Pause {
    private final CountDownLatch closed;
    private final Duration min;
    private final Duration max;
    private Duration next;

    Pause(CountDownLatch closed, KafkaSettings settings) {
        this.closed = closed;
        this.min = settings.retryMin();
        this.max = settings.retryMax();
        this.next = min;
    }

    /** Something went well: the next wait is the shortest. */
    void reset() {
        next = min;
    }

    /** @throws InterruptedException when the thread is to end */
    void await() throws InterruptedException {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(max) > 0 ? max : now.multipliedBy(2);
        if (closed.await(now.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("closed");
        }
    }
}
