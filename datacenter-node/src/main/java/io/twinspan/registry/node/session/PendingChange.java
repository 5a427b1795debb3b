package io.twinspan.registry.node.session;

import io.twinspan.registry.datum.DatumChange;

/**
 * A change on its way to a slot leader.
 *
 * @param isFresh a live connection has asked for it, the leader was known then, and it was not sent before; only then may it be
 *     stamped above what the leader lists for somebody else. A copy sent again must lose against what came after it
 * @param failedBefore how many calls had failed when it was posted. Once another has, a fresh one has waited for its leader: its
 *     client may have gone elsewhere meanwhile, without this session having noticed yet. If not, it wins when nobody lists it
 * @param restamps how often it was stamped again
 */
record PendingChange(DatumChange change, boolean isFresh, long failedBefore, int restamps) {
    static final int MOST_RESTAMPS = 3;

    static PendingChange stale(DatumChange change) {
        return new PendingChange(change, false, 0, 0);
    }

    PendingChange sentBefore() {
        return new PendingChange(change, false, failedBefore, restamps);
    }

    PendingChange restamped(DatumChange later) {
        return new PendingChange(later, isFresh, failedBefore, restamps + 1);
    }

    boolean mayOverride(long failedCalls) {
        return isFresh && failedBefore == failedCalls;
    }
}
