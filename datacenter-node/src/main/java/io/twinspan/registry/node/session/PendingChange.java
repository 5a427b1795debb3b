package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DatumChange;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to a slot leader.
 *
 * @param isFresh a live connection has just asked for it and it was not sent before; only then may it be stamped again when the
 *     leader knows something later. A copy sent again must lose against what came after it
 * @param restamps how often it was stamped again
 * @param decision completed with the leader's outcome when somebody waits for it
 */
record PendingChange(
        DatumChange change,
        boolean isFresh,
        int restamps,
        @Nullable CompletableFuture<ChangeOutcome> decision) {
    static final int MOST_RESTAMPS = 3;

    static PendingChange fresh(DatumChange change) {
        return new PendingChange(change, true, 0, null);
    }

    static PendingChange stale(DatumChange change) {
        return new PendingChange(change, false, 0, null);
    }

    PendingChange sentBefore() {
        return new PendingChange(change, false, restamps, decision);
    }

    PendingChange restamped(DatumChange later) {
        return new PendingChange(later, true, restamps + 1, decision);
    }

    boolean mayBeRestamped() {
        return isFresh && restamps < MOST_RESTAMPS;
    }
}
