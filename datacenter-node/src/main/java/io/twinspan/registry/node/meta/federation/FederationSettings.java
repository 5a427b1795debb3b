package io.twinspan.registry.node.meta.federation;

import java.time.Duration;

/**
 * Bounds of what goes between the metas of two datacenters.
 *
 * @param compareEvery time between two comparisons with a peer
 * @param recheckAfter time before a comparison that found something is repeated; doubled while it goes on finding something
 * @param callTimeout of a call to a peer's meta
 * @param retryFirst pause before the next meta of a peer is tried; doubled each time
 * @param retryMost longest such pause
 * @param answerWithin how long whoever puts a value waits for the peers
 * @param mostQueued values that wait for a peer; beyond it they are left to the comparison
 * @param mostWaiting callers that wait for a peer at a time; beyond it they are answered at once
 * @param mostValues values in one call
 * @param mostLength characters of data in one call; a single value may be longer
 * @param mostConflicts conflicts remembered for operators
 */
public record FederationSettings(
        Duration compareEvery,
        Duration recheckAfter,
        Duration callTimeout,
        Duration retryFirst,
        Duration retryMost,
        Duration answerWithin,
        int mostQueued,
        int mostWaiting,
        int mostValues,
        int mostLength,
        int mostConflicts) {
    /** Refuses what could not work, naming the key and the value. */
    public FederationSettings {
        positive("compare-every", compareEvery);
        positive("recheck-after", recheckAfter);
        positive("call-timeout", callTimeout);
        positive("retry-first", retryFirst);
        positive("retry-most", retryMost);
        positive("answer-within", answerWithin);
        atLeastOne("most-queued", mostQueued);
        atLeastOne("most-waiting", mostWaiting);
        atLeastOne("most-values", mostValues);
        atLeastOne("most-length", mostLength);
        atLeastOne("most-conflicts", mostConflicts);
        if (retryMost.compareTo(retryFirst) < 0) {
            throw new IllegalArgumentException(
                    "meta.federation.retry-most is " + retryMost + ", it must be at least retry-first, " + retryFirst);
        }
    }

    /**
     * Compare each 30 s, again after 1 s, 2 s calls, retries after 200 ms to 5 s, answers within 1 s; 10 000 queued, 1 000 waiting,
     * 200 values or 1 M characters a call, 100 conflicts.
     */
    public static FederationSettings standard() {
        return new FederationSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                10_000,
                1_000,
                200,
                1_000_000,
                100);
    }

    Duration retryDelay(int failures) {
        return doubled(retryFirst, failures, retryMost);
    }

    Duration recheckDelay(int rechecks) {
        return doubled(recheckAfter, rechecks, compareEvery);
    }

    private static Duration doubled(Duration first, int times, Duration most) {
        Duration delay = first.multipliedBy(1L << Math.min(times, 16));
        return delay.compareTo(most) < 0 ? delay : most;
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "meta.federation." + key + " is " + value + ", it must be more than nothing");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("meta.federation." + key + " is " + value + ", it must be at least 1");
        }
    }
}
