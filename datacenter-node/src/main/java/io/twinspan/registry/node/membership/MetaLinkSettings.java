package io.twinspan.registry.node.membership;

import java.time.Duration;

/**
 * How a role keeps in touch with meta.
 *
 * @param renewEvery time between renewals while meta answers
 * @param retryEvery time before the next meta is tried after a failure or refusal
 * @param timeout of one call
 */
public record MetaLinkSettings(Duration renewEvery, Duration retryEvery, Duration timeout) {
    /** Refuses durations that are not positive. */
    public MetaLinkSettings {
        check("renew-every", renewEvery);
        check("retry-every", retryEvery);
        check("timeout", timeout);
    }

    /** Renew each second, try the next meta after 200 ms, give a call 2 s. */
    public static MetaLinkSettings standard() {
        return new MetaLinkSettings(Duration.ofSeconds(1), Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    private static void check(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("meta-link." + key + " is " + value + ", it must be more than nothing");
        }
    }
}
