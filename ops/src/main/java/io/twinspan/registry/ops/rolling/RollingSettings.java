package io.twinspan.registry.ops.rolling;

import java.time.Duration;

/**
 * The bounds of a rolling restart.
 *
 * @param commandWithin how long the command that restarts a node may take
 * @param healthyWithin after it, until all roles of the node are well
 * @param countsWithin after that, until slots are settled, followers are current and what was registered is back
 * @param percent of each count that has to be back
 * @param lookEvery how often is looked
 */
public record RollingSettings(
        Duration commandWithin, Duration healthyWithin, Duration countsWithin, int percent, Duration lookEvery) {
    private static final int WHOLE = 100;
    private static final Duration SPARE = Duration.ofMinutes(5);

    /** Refuses bounds that are nothing, and percents that are none. */
    public RollingSettings {
        positive("--command-within", commandWithin);
        positive("--healthy-within", healthyWithin);
        positive("--counts-within", countsWithin);
        positive("the time between two looks", lookEvery);
        if (percent < 1 || percent > WHOLE) {
            throw new IllegalArgumentException("--percent " + percent + " is not between 1 and " + WHOLE);
        }
    }

    /** What holds unless told otherwise. */
    public static RollingSettings standard() {
        return new RollingSettings(
                Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5), 99, Duration.ofSeconds(1));
    }

    /**
     * For how long the push is held each time: as long as one step may take, because while the only meta is restarted nobody can
     * renew it.
     */
    Duration holdFor() {
        return commandWithin.plus(healthyWithin).plus(countsWithin).plus(SPARE);
    }

    private static void positive(String what, Duration given) {
        if (given.isZero() || given.isNegative()) {
            throw new IllegalArgumentException(what + " is " + given + ", which is no time");
        }
    }
}
