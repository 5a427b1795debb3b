package io.twinspan.registry.sync.fetch;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether one more call to a peer's data nodes may go: so many at a time, and none but a trial while most have failed.
 * Neither part waits, starts a thread or reads a clock but the loop's, so that what happens is the same each time it is simulated.
 * The time limit is the call's own; the pause before a retry is {@link FetchPacing#retryDelay}, whose chance is given from outside
 * as Resilience4j's retry does not allow it.
 */
final class PeerGuard {
    /** The loop's time as a clock; its beginning means nothing. */
    private static final class LoopClock extends Clock {
        private final EventLoop loop;

        LoopClock(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(0, loop.nanos());
        }
    }

    private final CircuitBreaker breaker;
    private final Bulkhead bulkhead;
    private final EventLoop loop;
    private final Duration open;

    PeerGuard(DatacenterId peer, EventLoop loop, GuardSettings settings, int mostInFlight) {
        this.loop = loop;
        this.open = settings.open();
        this.breaker = CircuitBreaker.of(
                "fetch-" + peer,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                settings.window(),
                                settings.leastCalls(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(settings.failurePercent())
                        .waitDurationInOpenState(settings.open())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .clock(new LoopClock(loop))
                        .currentTimestampFunction(ignored -> loop.nanos(), TimeUnit.NANOSECONDS)
                        .build());
        this.bulkhead = Bulkhead.of(
                "fetch-" + peer,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(mostInFlight)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Takes the place of a call; false when there is none, or the breaker does not let it pass. */
    boolean tryBegin() {
        if (!bulkhead.tryAcquirePermission()) {
            return false;
        }
        if (breaker.tryAcquirePermission()) {
            return true;
        }
        bulkhead.onComplete();
        return false;
    }

    /** A call has ended. */
    void end(long beganNanos, boolean isAnswered) {
        bulkhead.onComplete();
        long took = Math.max(0, loop.nanos() - beganNanos);
        if (isAnswered) {
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        } else {
            breaker.onError(took, TimeUnit.NANOSECONDS, new FetchFailedException());
        }
    }

    /** Whether there is room for a call, whatever the breaker says. */
    boolean hasRoom() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() > 0;
    }

    /** After this a call that was not let through may try again. */
    Duration pause() {
        return open;
    }

    /** {@code closed}, {@code open} or {@code half_open}. */
    BreakerState state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
        };
    }

    int inFlight() {
        return bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
                - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    /** Calls that were not let through because the breaker was open. */
    long refused() {
        return breaker.getMetrics().getNumberOfNotPermittedCalls();
    }
}
