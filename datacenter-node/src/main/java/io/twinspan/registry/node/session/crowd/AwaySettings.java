package io.twinspan.registry.node.session.crowd;

import java.time.Duration;

/**
 * How clients are sent to another datacenter.
 *
 * @param listWithin by then every client has fetched a list of sessions since the order: official clients fetch theirs every 30 s.
 *     One of which it is known goes earlier
 * @param keep how long the registrations of one that was sent away stay listed while it is not seen there; then they are held
 * @param wave share of a session's clients that it closes in a second, at least one
 * @param mostRemembered clients remembered as closed for a run, and as many that have fetched a list; beyond it the oldest are
 *     forgotten
 */
public record AwaySettings(Duration listWithin, Duration keep, double wave, int mostRemembered) {
    /** Refuses what cannot work, naming the key. */
    public AwaySettings {
        if (!(wave > 0 && wave <= 1)) {
            throw new IllegalArgumentException("session.away-wave is " + wave + ", which is no share");
        }
        if (mostRemembered < 1 || mostRemembered > 10_000_000) {
            throw new IllegalArgumentException(
                    "session.away-most-remembered is " + mostRemembered + ", which is not between 1 and 10000000");
        }
        check("list-within", listWithin, Duration.ZERO);
        check("keep", keep, Duration.ofSeconds(1));
    }

    /** 35 s, 120 s, 5 % of the clients a second, 100 000 remembered. */
    public static AwaySettings standard() {
        return new AwaySettings(Duration.ofSeconds(35), Duration.ofSeconds(120), 0.05, 100_000);
    }

    /** How many of so many clients go in one second. */
    public int wave(int clients) {
        return Math.max(1, (int) (wave * clients));
    }

    private static void check(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException(
                    "session.away-" + key + " is " + value + ", which is not between " + least + " and 10 minutes");
        }
    }
}
