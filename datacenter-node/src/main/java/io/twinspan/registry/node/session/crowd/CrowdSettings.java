package io.twinspan.registry.node.session.crowd;

import java.time.Duration;

/**
 * When closings are a crowd, and what it changes.
 *
 * @param window in which closings count together
 * @param shareOfSession closings are a crowd when they are more than this share of the session's connections
 * @param leastOfSession and at least as many; below, a small session would take two clients that stop for a crowd
 * @param shareOfService the same of the registrations of one service
 * @param leastOfService and at least as many connections; of two or three instances one or two may stop at any time
 * @param keep how long the registrations of a crowd stay listed
 * @param mostClosings remembered at once; beyond it the oldest are forgotten
 */
public record CrowdSettings(
        Duration window,
        double shareOfSession,
        int leastOfSession,
        double shareOfService,
        int leastOfService,
        Duration keep,
        int mostClosings) {
    /** Refuses what cannot work, naming the key. */
    public CrowdSettings {
        check("window", window, Duration.ofMillis(1), Duration.ofMinutes(1));
        check("keep", keep, Duration.ZERO, Duration.ofMinutes(10));
        checkShare("share-of-session", shareOfSession);
        checkShare("share-of-service", shareOfService);
        check("least-of-session", leastOfSession, 1, 1_000_000);
        check("least-of-service", leastOfService, 1, 1_000_000);
        check("most-closings", mostClosings, Math.max(leastOfSession, leastOfService), 1_000_000);
    }

    /** 10 % of a session and at least 10, or 30 % of a service and at least 3, within 5 s: kept for 30 s. */
    public static CrowdSettings standard() {
        return new CrowdSettings(Duration.ofSeconds(5), 0.10, 10, 0.30, 3, Duration.ofSeconds(30), 20_000);
    }

    /** The same with another time to keep. */
    public CrowdSettings withKeep(Duration other) {
        return new CrowdSettings(
                window, shareOfSession, leastOfSession, shareOfService, leastOfService, other, mostClosings);
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "session.crowd-" + key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "session.crowd-" + key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }

    private static void checkShare(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "session.crowd-" + key + " is " + value + ", which is not a share above 0 up to 1");
        }
    }
}
