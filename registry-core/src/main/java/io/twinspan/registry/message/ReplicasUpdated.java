package io.twinspan.registry.message;

import java.util.List;

/** A follower's answer to {@link UpdateReplicas}, in the same order. */
public record ReplicasUpdated(List<ReplicaAnswer> answers) {
    /** Copies the answers. */
    public ReplicasUpdated {
        answers = List.copyOf(answers);
    }
}
