package io.twinspan.registry.ops.bench;

import io.twinspan.registry.subscription.Scope;

/**
 * How changes are made and heard of, one change at a time.
 *
 * @param subscribers of the one service that changes
 * @param changes in each round
 * @param pauseMillis between a change that all have heard of and the next
 * @param bytes of the published value
 * @param scope of the subscribers
 * @param isOfficial by the official client with all its threads, instead of raw Bolt
 */
public record PushLoad(int subscribers, int changes, int pauseMillis, int bytes, Scope scope, boolean isOfficial) {
    /** Refuses what is out of bounds, naming the option. */
    public PushLoad {
        Limits.check("--subscribers", subscribers, 1, 10_000);
        Limits.check("--changes", changes, 1, 100_000);
        Limits.check("--pause", pauseMillis, 0, 10_000);
        Limits.check("--bytes", bytes, 32, 1 << 20);
    }

    PushLoad withChanges(int other) {
        return new PushLoad(subscribers, other, pauseMillis, bytes, scope, isOfficial);
    }
}
