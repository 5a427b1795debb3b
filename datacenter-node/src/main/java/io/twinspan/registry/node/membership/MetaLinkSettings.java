package io.twinspan.registry.node.membership;

import java.time.Duration;

/**
 * How a role keeps in touch with meta.
 *
 * @param renewEvery time between renewals while meta answers
 * @param retryEvery time before the next meta is tried after a failure or refusal
 * @param timeout of one call
 * @param providedBytes about how much provided configuration is asked for in one call
 */
public record MetaLinkSettings(Duration renewEvery, Duration retryEvery, Duration timeout, long providedBytes) {
    /** Refuses durations that are not positive. */
    public MetaLinkSettings {
        check("renew-every", renewEvery);
        check("retry-every", retryEvery);
        check("timeout", timeout);
        if (providedBytes < 1) {
            throw new IllegalArgumentException(
                    "meta-link.provided-bytes is " + providedBytes + ", it must be at least 1");
        }
    }

    /**
     * Renew every 500 ms, try the next meta after 200 ms, give a call 1.2 s, in which 4 MiB come over any link. A renewal that is lost once leaves a data node heard
     * within meta's promotion time of 2 s, and news of a promotion arrives with the next renewal.
     */
    public static MetaLinkSettings standard() {
        return new MetaLinkSettings(Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofMillis(1_200), 4 << 20);
    }

    private static void check(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("meta-link." + key + " is " + value + ", it must be more than nothing");
        }
    }
}
