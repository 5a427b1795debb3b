package io.twinspan.registry.node.data.rocksdb;

import java.time.Duration;

/**
 * Bounds of the store.
 *
 * @param delay how long the first change waits for others to be written with it; at most 50 ms
 * @param mostWaiting registrations that may wait to be written before the writer's caller has to wait
 * @param retry pause after a write that failed, a full disk for example
 * @param readers threads that read slots while they are loaded
 * @param mostReadAhead slots that are read before they are asked for
 */
public record StoreSettings(Duration delay, int mostWaiting, Duration retry, int readers, int mostReadAhead) {
    private static final Duration LONGEST_DELAY = Duration.ofMillis(50);

    /** Refuses what would break the promise of 50 ms. */
    public StoreSettings {
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException("twinspan.data.store.delay is " + delay + ", not between 0 and 50 ms");
        }
        if (mostWaiting < 1) {
            throw new IllegalArgumentException(
                    "twinspan.data.store.most-waiting is " + mostWaiting + ", not 1 or more");
        }
        if (retry.isNegative() || retry.isZero()) {
            throw new IllegalArgumentException("twinspan.data.store.retry is " + retry + ", not more than 0");
        }
        if (readers < 1 || mostReadAhead < 1) {
            throw new IllegalArgumentException("twinspan.data.store.readers is " + readers
                    + " and twinspan.data.store.most-read-ahead " + mostReadAhead + ", not 1 or more");
        }
    }

    /** 10 ms, 200 000 registrations, 1 s, 4 readers, 8 slots. */
    public static StoreSettings standard() {
        return new StoreSettings(Duration.ofMillis(10), 200_000, Duration.ofSeconds(1), 4, 8);
    }
}
