package io.twinspan.registry.node.session.push;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.node.session.Backoff;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What every push runs on.
 *
 * @param sessionByte low 8 bits of this session's stamps
 */
public record PushContext(
        EventLoop loop, HybridClock clock, int sessionByte, RandomGenerator random, PushMetrics metrics) {
    /** Clocks that differ less than this are equal: no client moves faster. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(20);

    Backoff backoff(PushSettings settings) {
        return new Backoff(settings.retryFirst(), settings.retryMost(), random);
    }

    /** How far the clock that is furthest ahead of ours is, of those heard of; zero when no client moves that fast. */
    Duration clockLead() {
        Duration lead = Duration.ofMillis(clock.furthestAheadMillis());
        return lead.compareTo(CLOCK_TOLERANCE) > 0 ? lead : Duration.ZERO;
    }
}
