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

    /** True when some node that we hear of has a clock ahead of ours. */
    boolean isClockBehind() {
        return clock.furthestAheadMillis() > CLOCK_TOLERANCE.toMillis();
    }
}
