package io.twinspan.registry.node.meta.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import io.twinspan.registry.runtime.PeerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One proposed command on its way through the group. */
final class Proposal implements Closure {
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    CompletionStage<String> answer() {
        return answer;
    }

    void onApplied(String applied) {
        answer.complete(applied);
    }

    /** JRaft calls this for failures only; what succeeds is completed by the state machine. */
    @Override
    public void run(Status status) {
        answer.completeExceptionally(new PeerException("the meta group did not take the command: " + status));
    }
}
