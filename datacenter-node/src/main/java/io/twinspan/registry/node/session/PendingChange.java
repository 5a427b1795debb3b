package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to a slot leader.
 *
 * @param isFresh a live connection has asked for it and it was not sent before; only then, and only for {@link #FRESH_FOR}, may it
 *     be stamped again when the leader knows something later. A copy sent again must lose against what came after it, and so must
 *     a request that waited: its client may have gone elsewhere meanwhile, and this session may not have noticed yet
 * @param askedNanos when it was posted first, by the session's loop
 * @param restamps how often it was stamped again
 * @param decision completed with the leader's outcome when somebody waits for it
 */
record PendingChange(
        DatumChange change,
        boolean isFresh,
        long askedNanos,
        int restamps,
        @Nullable CompletableFuture<ChangeOutcome> decision) {
    static final int MOST_RESTAMPS = 3;

    /** Less than the 300 ms after which an official client that lost its connection has been seen back, at the earliest. */
    static final Duration FRESH_FOR = Duration.ofMillis(250);

    static PendingChange fresh(DatumChange change, long nowNanos) {
        return new PendingChange(change, true, nowNanos, 0, null);
    }

    static PendingChange stale(DatumChange change) {
        return new PendingChange(change, false, 0, 0, null);
    }

    PendingChange sentBefore() {
        return new PendingChange(change, false, askedNanos, restamps, decision);
    }

    PendingChange restamped(DatumChange later) {
        return new PendingChange(later, true, askedNanos, restamps + 1, decision);
    }

    boolean mayBeRestamped(long nowNanos) {
        return isFresh && restamps < MOST_RESTAMPS && nowNanos - askedNanos <= FRESH_FOR.toNanos();
    }
}
