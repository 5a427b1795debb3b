package io.twinspan.registry.node.session.push;

import java.time.Duration;

/**
 * Bounds of pushing.
 *
 * @param stampWindow how long subscribers that arrive one after the other share a stamp
 * @param retryFirst pause before a failed push is tried again; doubled each time, with jitter
 * @param retryMost longest such pause
 * @param mostInFlight pushes under way on one connection, of all its services together
 * @param resettleAfter when a subscriber that may have come from where a clock is ahead of ours is stamped again
 * @param openRate most pushes that begin in a second to make up for what waited when push is opened
 * @param switchWithin how long first lists wait for somebody who knows whether push is closed
 * @param followWithin how long a list waits for that of another datacenter, to which some of what it had has gone over
 * @param isFirstListGiven whether a client that starts while push is closed gets a first list
 */
public record PushSettings(
        Duration stampWindow,
        Duration retryFirst,
        Duration retryMost,
        int mostInFlight,
        Duration resettleAfter,
        int openRate,
        Duration switchWithin,
        Duration followWithin,
        boolean isFirstListGiven) {
    private static final int OPEN_RATE = 30_000;
    private static final Duration SWITCH_WITHIN = Duration.ofSeconds(10);
    private static final Duration FOLLOW_WITHIN = Duration.ofSeconds(30);

    /** Refuses what cannot work, naming the key. */
    public PushSettings {
        check("push.stamp-window", stampWindow, Duration.ZERO, Duration.ofSeconds(10));
        check("push.retry-first", retryFirst, Duration.ofMillis(1), Duration.ofMinutes(1));
        check("push.retry-most", retryMost, retryFirst, Duration.ofMinutes(10));
        check("push.resettle-after", resettleAfter, Duration.ofMillis(1), Duration.ofMinutes(1));
        check("push.switch-within", switchWithin, Duration.ZERO, Duration.ofMinutes(10));
        check("push.follow-within", followWithin, Duration.ZERO, Duration.ofMinutes(10));
        if (openRate < 50 || openRate > 1_000_000) {
            throw new IllegalArgumentException(
                    "push.open-rate is " + openRate + ", which is not between 50 and 1000000");
        }
        if (mostInFlight < 1 || mostInFlight > 100_000) {
            throw new IllegalArgumentException(
                    "push.most-in-flight is " + mostInFlight + ", which is not between 1 and 100000");
        }
    }

    /** The standard dealings with the push switch. */
    public PushSettings(
            Duration stampWindow, Duration retryFirst, Duration retryMost, int mostInFlight, Duration resettleAfter) {
        this(
                stampWindow,
                retryFirst,
                retryMost,
                mostInFlight,
                resettleAfter,
                OPEN_RATE,
                SWITCH_WITHIN,
                FOLLOW_WITHIN,
                true);
    }

    /** The same with or without first lists while push is closed. */
    public PushSettings withFirstList(boolean isGiven) {
        return new PushSettings(
                stampWindow,
                retryFirst,
                retryMost,
                mostInFlight,
                resettleAfter,
                openRate,
                switchWithin,
                followWithin,
                isGiven);
    }

    /** The defaults. */
    public static PushSettings standard() {
        return new PushSettings(
                Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofSeconds(5), 64, Duration.ofMillis(2500));
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }
}
