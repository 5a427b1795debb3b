package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What one or several rounds came to.
 *
 * @param operations that succeeded
 * @param failures registrations that were refused or failed, and pushes that did not come in time
 * @param elapsed wall clock of the rounds
 * @param serverTime processor time of the server meanwhile; empty when its process cannot be seen
 */
public record Measure(
        long operations, long failures, Duration elapsed, Optional<Duration> serverTime, LatencyHistogram latencies) {
    /** Nothing measured yet. */
    static Measure none() {
        return new Measure(0, 0, Duration.ZERO, Optional.of(Duration.ZERO), new LatencyHistogram());
    }

    Measure plus(Measure other) {
        LatencyHistogram both = new LatencyHistogram();
        both.add(latencies);
        both.add(other.latencies);
        return new Measure(
                operations + other.operations,
                failures + other.failures,
                elapsed.plus(other.elapsed),
                serverTime.flatMap(own -> other.serverTime.map(own::plus)),
                both);
    }

    /** Operations a second. */
    public double rate() {
        return elapsed.isZero() ? 0 : operations * 1e9 / elapsed.toNanos();
    }

    /** Processor time of the server for one operation, in microseconds; empty when it cannot be told. */
    public Optional<Double> serverMicros() {
        return operations == 0 ? Optional.empty() : serverTime.map(time -> time.toNanos() / 1e3 / operations);
    }

    /** How much of one core the server has used, 1 for all of it; empty when it cannot be told. */
    public Optional<Double> serverShare() {
        return elapsed.isZero()
                ? Optional.empty()
                : serverTime.map(time -> (double) time.toNanos() / elapsed.toNanos());
    }

    /** Latency that the given share of operations is not above, in milliseconds. */
    public double latencyMillis(double share) {
        return latencies.percentile(share) / 1e6;
    }
}
