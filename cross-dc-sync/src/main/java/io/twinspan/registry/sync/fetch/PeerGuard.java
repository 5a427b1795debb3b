package io.twinspan.registry.sync.fetch;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether one more call to a peer's data nodes may go, and how much it may ask for: so many at a time to all of them, and
 * to each none but a trial while most of its own have failed: one that is away takes nothing from the others. Neither part waits, starts a thread or reads a clock but the loop's, so that what happens is the same each time it is simulated.
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

    /** What is known of one data node; all of it belongs to the guard. */
    private static final class Answering {
        private final CircuitBreaker breaker;
        private int batch;

        Answering(CircuitBreaker breaker, int batch) {
            this.breaker = breaker;
            this.batch = batch;
        }
    }

    private final DatacenterId peer;
    private final GuardSettings settings;
    private final int maxBatch;
    private final Map<Endpoint, Answering> nodes = new HashMap<>();
    private final Bulkhead bulkhead;
    private final EventLoop loop;
    private long refused;

    PeerGuard(DatacenterId peer, EventLoop loop, FetchPacing pacing) {
        this.peer = peer;
        this.loop = loop;
        this.settings = pacing.guard();
        this.maxBatch = pacing.maxBatch();
        this.bulkhead = Bulkhead.of(
                "fetch-" + peer,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(pacing.maxInFlight())
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Takes the place of a call to this node; false when there is none, or the node's breaker does not let it pass. */
    boolean tryBegin(Endpoint node) {
        if (!bulkhead.tryAcquirePermission()) {
            return false;
        }
        if (answering(node).breaker.tryAcquirePermission()) {
            return true;
        }
        refused++;
        bulkhead.onComplete();
        return false;
    }

    /** A call to this node has ended. What was asked for and not answered would perhaps have been too large for one frame. */
    void end(Endpoint node, long beganNanos, boolean isAnswered) {
        bulkhead.onComplete();
        Answering answering = answering(node);
        long took = Math.max(0, loop.nanos() - beganNanos);
        if (isAnswered) {
            answering.breaker.onSuccess(took, TimeUnit.NANOSECONDS);
            answering.batch = Math.min(maxBatch, answering.batch * 2);
        } else {
            answering.breaker.onError(took, TimeUnit.NANOSECONDS, new FetchFailedException());
            answering.batch = Math.max(1, answering.batch / 2);
        }
    }

    /** How many datums may be asked for in one call to this node. */
    int batch(Endpoint node) {
        return answering(node).batch;
    }

    /** Who is not among those that lead is forgotten. */
    void retain(Set<Endpoint> leaders) {
        nodes.keySet().retainAll(leaders);
    }

    private Answering answering(Endpoint node) {
        return nodes.computeIfAbsent(node, added -> new Answering(breaker(added), maxBatch));
    }

    private CircuitBreaker breaker(Endpoint node) {
        return CircuitBreaker.of(
                "fetch-" + peer + "-" + node,
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
    }

    /** Whether there is room for a call, whatever the breaker says. */
    boolean hasRoom() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() > 0;
    }

    /** After this a call that was not let through may try again. */
    Duration pause() {
        return settings.open();
    }

    /** Of the node that fares worst. */
    BreakerState state() {
        boolean isTrying = false;
        for (Answering each : nodes.values()) {
            switch (each.breaker.getState()) {
                case OPEN, FORCED_OPEN -> {
                    return BreakerState.OPEN;
                }
                case HALF_OPEN -> isTrying = true;
                case CLOSED, DISABLED, METRICS_ONLY -> {}
            }
        }
        return isTrying ? BreakerState.HALF_OPEN : BreakerState.CLOSED;
    }

    int inFlight() {
        return bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
                - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    /** Calls that were not let through because a breaker was open. */
    long refused() {
        return refused;
    }
}
