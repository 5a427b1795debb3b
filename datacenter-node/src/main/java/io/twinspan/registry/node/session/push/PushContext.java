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
 * @param gate asked before every push
 */
public record PushContext(
        EventLoop loop,
        HybridClock clock,
        int sessionByte,
        RandomGenerator random,
        PushMetrics metrics,
        PushGate gate) {
    /** Clocks that differ less than this are equal: no client moves faster. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(20);

    /** Of a session whose push is open. */
    public PushContext(
            EventLoop loop, HybridClock clock, int sessionByte, RandomGenerator random, PushMetrics metrics) {
        this(loop, clock, sessionByte, random, metrics, new PushGate());
    }

    Backoff backoff(PushSettings settings) {
        return new Backoff(settings.retryFirst(), settings.retryMost(), random);
    }

    /** True when some node that we hear of has a clock ahead of ours. */
    boolean isClockBehind() {
        return clock.furthestAheadMillis() > CLOCK_TOLERANCE.toMillis();
    }
}
