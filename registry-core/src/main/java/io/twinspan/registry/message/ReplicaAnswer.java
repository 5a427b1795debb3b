package io.twinspan.registry.message;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.Leadership;

/**
 * What a follower made of one {@link ReplicaUpdate}.
 *
 * @param known the latest leadership of the slot that the follower has heard of
 * @param sequence number of the last update that it has taken
 * @param ceiling that it holds
 * @param holding answer to a comparison; else empty
 */
public record ReplicaAnswer(
        Status status, Leadership known, long sequence, DatumVersion ceiling, ReplicaHolding holding) {
    /** What became of it. */
    public enum Status {
        /** It is done. */
        DONE,
        /** It does not follow what the follower holds: compare. */
        GAP,
        /** The follower knows of a later leader; the asker leads no more. */
        REFUSED,
        /** By a newer table than the asker's this node is no replica of the slot. */
        NO_REPLICA
    }
}
