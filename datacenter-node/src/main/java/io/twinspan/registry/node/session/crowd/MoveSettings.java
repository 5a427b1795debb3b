package io.twinspan.registry.node.session.crowd;

import java.time.Duration;

/**
 * How clients are sent to other sessions.
 *
 * @param isRebalancing whether a session that holds more than its share sends clients away
 * @param tolerance share of the mean by which a session may be off it
 * @param leastOff connections by which a session may be off the mean however small that is
 * @param wave share of a session's clients that it closes in a second, at least one
 * @param listRefresh how long a session that drains waits before it closes anything: by then every client has a list of sessions
 *     without it; official clients fetch theirs every 30 s
 * @param stay how long a client has been here before it may be sent away, so that all it registers has come
 * @param remember for how long a client that was sent away is not sent away again
 * @param mostRemembered clients remembered; beyond it the oldest are forgotten
 * @param exchangeEvery how often sessions ask one another how many connections they have
 * @param fresh how old such an answer may be to be counted with
 * @param stopWithin how long an orderly stop gives clients to go, before all connections are closed
 */
public record MoveSettings(
        boolean isRebalancing,
        double tolerance,
        int leastOff,
        double wave,
        Duration listRefresh,
        Duration stay,
        Duration remember,
        int mostRemembered,
        Duration exchangeEvery,
        Duration fresh,
        Duration stopWithin) {
    /** Refuses what cannot work, naming the key. */
    public MoveSettings {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("session.move-tolerance is " + tolerance + ", which is no share");
        }
        if (!(wave > 0 && wave <= 1)) {
            throw new IllegalArgumentException("session.move-wave is " + wave + ", which is no share");
        }
        check("least-off", leastOff, 1, 1_000_000);
        check("most-remembered", mostRemembered, 1, 10_000_000);
        check("list-refresh", listRefresh, Duration.ZERO, Duration.ofMinutes(10));
        check("stay", stay, Duration.ZERO, Duration.ofMinutes(10));
        check("remember", remember, stay, Duration.ofHours(24));
        check("exchange-every", exchangeEvery, Duration.ofMillis(10), Duration.ofMinutes(1));
        check("fresh", fresh, exchangeEvery, Duration.ofMinutes(10));
        check("stop-within", stopWithin, Duration.ZERO, Duration.ofMinutes(1));
    }

    /** Rebalancing to 15 % of the mean (2 connections at least), 5 % of the clients a second, none twice in ten minutes. */
    public static MoveSettings standard() {
        return new MoveSettings(
                true,
                0.15,
                2,
                0.05,
                Duration.ofSeconds(35),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                100_000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofSeconds(2));
    }

    /** The same with rebalancing on or off. */
    public MoveSettings withRebalancing(boolean on) {
        return new MoveSettings(
                on,
                tolerance,
                leastOff,
                wave,
                listRefresh,
                stay,
                remember,
                mostRemembered,
                exchangeEvery,
                fresh,
                stopWithin);
    }

    /** How many of so many clients go in one second. */
    public int wave(int clients) {
        return Math.max(1, (int) (wave * clients));
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "session.move-" + key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "session.move-" + key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }
}
