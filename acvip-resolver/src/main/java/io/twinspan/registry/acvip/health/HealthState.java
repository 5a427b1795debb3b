package io.twinspan.registry.acvip.health;

import io.twinspan.registry.acvip.HealthCheck;

/**
 * What is held of one endpoint. Pure.
 *
 * <pre>
 *   healthy   --fall failures in a row-->  unhealthy
 *   unhealthy --rise passes in a row--->   healthy
 * </pre>
 *
 * An endpoint that has never been looked at counts as healthy: a resolver that starts must not take everything away.
 *
 * @param against results in a row that speak against what is held
 * @param word of the last look
 */
public record HealthState(boolean isHealthy, int against, String word) {
    /** Of an endpoint that nobody has looked at. */
    public static final HealthState NEW = new HealthState(true, 0, "not checked yet");

    /** After one more look. */
    public HealthState on(ProbeResult result, HealthCheck check) {
        if (result.isPassed() == isHealthy) {
            return new HealthState(isHealthy, 0, result.word());
        }
        int needed = isHealthy ? check.fall() : check.rise();
        return against + 1 >= needed
                ? new HealthState(result.isPassed(), 0, result.word())
                : new HealthState(isHealthy, against + 1, result.word());
    }
}
