package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The policies in force. Every meta answers, as it does for {@link FetchClusterHandler}. */
final class FetchPoliciesHandler {
    private final MetaReplica replica;
    private final LeaderLink leader;

    FetchPoliciesHandler(MetaReplica replica, LeaderLink leader) {
        this.replica = replica;
        this.leader = leader;
    }

    CompletionStage<PolicyTable> handle(FetchPolicies request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request).exceptionally(failure -> replica.state().policies())
                : CompletableFuture.completedFuture(replica.state().policies());
    }
}
