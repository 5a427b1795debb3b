package io.twinspan.registry.it.record;

/**
 * One address that somebody published under one service; never published again once it was taken back.
 *
 * @param acknowledgedNanos when the registry had certainly acknowledged it, on the record's clock
 * @param takenBackNanos just before its application asked for its removal; {@link #NEVER} while it lives
 */
public record ProviderLife(String service, String address, long acknowledgedNanos, long takenBackNanos) {
    /** Later than anything. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Acknowledged before, and not yet taken back then. */
    boolean livesAt(long nanos) {
        return acknowledgedNanos <= nanos && takenBackNanos > nanos;
    }

    ProviderLife takenBackAt(long nanos) {
        return new ProviderLife(service, address, acknowledgedNanos, nanos);
    }
}
