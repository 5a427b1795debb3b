package io.twinspan.registry.acvip;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How the endpoints of a Vip are found to be well. The kinds are fixed: what an operator can write here must never become a way to
 * make a registry send something of his choice.
 *
 * @param path what HTTP asks for with GET; anything from 200 to 299 is well, and a redirect is not
 * @param rise checks in a row that must pass before an endpoint counts as healthy again
 * @param fall checks in a row that must fail before it counts as unhealthy
 * @param interval between the end of a check and the next one
 * @param timeout of one check
 */
public record HealthCheck(Kind kind, String path, int rise, int fall, Duration interval, Duration timeout) {
    /** What is done. */
    public enum Kind {
        /** Nothing: every endpoint counts as healthy. */
        NONE,
        /** A connection is made and closed. */
        TCP,
        /** A page is asked for. */
        HTTP
    }

    private static final int MOST_IN_A_ROW = 10;
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(50);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern PATH = Pattern.compile("/[!-~]{0,255}");

    /** No check, and the usual numbers of one; below the bounds that it is measured by. */
    public static final HealthCheck NONE =
            new HealthCheck(Kind.NONE, "/", 2, 3, Duration.ofSeconds(5), Duration.ofSeconds(1));

    /** Refuses what could not work, naming the field. */
    public HealthCheck {
        check("rise", rise);
        check("fall", fall);
        check("interval", interval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
        check("timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "path of a check is not a path: it begins with / and has at most 256 visible ASCII characters");
        }
    }

    private static void check(String field, int value) {
        if (value < 1 || value > MOST_IN_A_ROW) {
            throw new IllegalArgumentException(
                    field + " of a check is " + value + ", which is not between 1 and " + MOST_IN_A_ROW);
        }
    }

    private static void check(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    field + " of a check is " + value + ", which is not between " + least + " and " + most);
        }
    }
}
