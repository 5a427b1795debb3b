package io.twinspan.registry.sync.fetch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Bounds of what is asked of one peer.
 *
 * @param maxBatch most datums in one request
 * @param maxInFlight most requests under way
 * @param timeout of one request
 * @param confirmPause shortest time between two questions about one datum that is held
 * @param retryMin wait before the first retry
 * @param retryMax longest wait before a retry
 * @param guard when the peer is left alone
 * @param random spreads retries, so that nodes that failed together do not come back together
 */
public record FetchPacing(
        int maxBatch,
        int maxInFlight,
        Duration timeout,
        Duration confirmPause,
        Duration retryMin,
        Duration retryMax,
        GuardSettings guard,
        RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /** The wait before a retry: doubled with each failure, up to the longest, of which the second half is left to chance. */
    Duration retryDelay(int failures) {
        long doubled = retryMin.toNanos() << Math.min(Math.max(0, failures - 1), MAX_DOUBLINGS);
        long longest = Math.min(doubled, retryMax.toNanos());
        return Duration.ofNanos(longest / 2 + random.nextLong(longest / 2 + 1));
    }
}
