package io.twinspan.registry.sync.fetch;

import java.time.Duration;

/**
 * When a peer's data nodes are left alone, and how much is fetched before anybody asks.
 *
 * @param window calls of which the share of failed ones is counted
 * @param leastCalls not before so many calls have ended
 * @param failurePercent with so many of a hundred failed the breaker opens
 * @param open how long it stays open before one call tries again
 * @param warmBytesPerSecond most that is fetched of one peer for policy {@code warm}, as an average; an answer under way may go over
 *     it, and is paid back by waiting
 * @param warmBatch most datums in one request for policy {@code warm}
 */
public record GuardSettings(
        int window, int leastCalls, int failurePercent, Duration open, int warmBytesPerSecond, int warmBatch) {
    /** Refuses what would never open, never close, or never fetch. */
    public GuardSettings {
        if (leastCalls < 1 || window < leastCalls || window > 1_000) {
            throw new IllegalArgumentException("sync.breaker: window is " + window + " and least-calls " + leastCalls
                    + ", not 1 <= least-calls <= window <= 1000");
        }
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException(
                    "sync.breaker: failure-percent is " + failurePercent + ", not between 1 and 100");
        }
        if (open.isNegative() || open.isZero() || open.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("sync.breaker: open is " + open + ", not more than 0 and at most 1 min");
        }
        if (warmBytesPerSecond < 1 || warmBatch < 1) {
            throw new IllegalArgumentException("sync.warm: bytes-per-second is " + warmBytesPerSecond + " and batch "
                    + warmBatch + ", not both 1 or more");
        }
    }

    /** Of the last 20 calls, with at least 5, half failed: open for 1 s; warm 2 MiB/s in batches of 64. */
    public static GuardSettings standard() {
        return new GuardSettings(20, 5, 50, Duration.ofSeconds(1), 2 << 20, 64);
    }
}
