package io.twinspan.registry.message;

import io.twinspan.registry.digest.ReplicaDigest;
import java.util.List;

/** One slot's part of {@link UpdateReplicas}. */
public sealed interface ReplicaUpdate {
    /** Which slot, by whom, and the number of this update. */
    ReplicaHead head();

    /**
     * Compare: this is all the leader holds.
     *
     * @param wantsHeld the leader wants what the follower holds and it does not, before it overwrites it
     */
    record Compare(ReplicaHead head, List<ReplicaDigest> digest, boolean wantsHeld) implements ReplicaUpdate {
        /** Copies the digest. */
        public Compare {
            digest = List.copyOf(digest);
        }
    }

    /**
     * Take this over.
     *
     * @param isWhole with this the follower holds everything that the leader held when it sent it
     * @param root {@link ReplicaDigest#root} of the leader afterwards, for a check; 0 for no check
     */
    record Write(ReplicaHead head, ReplicaContent content, boolean isWhole, long root) implements ReplicaUpdate {}
}
