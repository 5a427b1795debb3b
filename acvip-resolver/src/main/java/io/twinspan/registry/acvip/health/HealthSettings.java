package io.twinspan.registry.acvip.health;

/**
 * Bounds of health checks.
 *
 * @param isLocalAllowed whether loopback and link-local addresses are looked at
 * @param mostAtOnce looks that are under way at a time; further ones wait
 * @param mostEndpoints endpoints that are looked at; further ones count as healthy
 */
public record HealthSettings(boolean isLocalAllowed, int mostAtOnce, int mostEndpoints) {
    /** Refuses bounds that are none. */
    public HealthSettings {
        if (mostAtOnce < 1 || mostAtOnce > 256) {
            throw new IllegalArgumentException(
                    "resolver.checks-at-once is " + mostAtOnce + ", which is not between 1 and 256");
        }
        if (mostEndpoints < 1 || mostEndpoints > 100_000) {
            throw new IllegalArgumentException(
                    "resolver.most-checked is " + mostEndpoints + ", which is not between 1 and 100000");
        }
    }

    /** Nothing local; 16 at once; 5 000 endpoints. */
    public static HealthSettings standard() {
        return new HealthSettings(false, 16, 5_000);
    }

    /** The same with local addresses allowed or not. */
    public HealthSettings withLocal(boolean isAllowed) {
        return new HealthSettings(isAllowed, mostAtOnce, mostEndpoints);
    }
}
