package io.twinspan.registry.node.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to pause before trying again: doubled each time up to a bound, with jitter of one half so that nobody marches in step. */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * The pause after a failure.
     *
     * @param failures how many there were in a row; at least 1
     */
    public Duration pause(int failures) {
        long doubled = first.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long bounded = doubled < 0 ? most.toNanos() : Math.min(doubled, most.toNanos());
        return Duration.ofNanos(bounded / 2 + random.nextLong(bounded / 2 + 1));
    }
}
