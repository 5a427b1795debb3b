package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The clients that are off. Every meta answers, as it does for {@link FetchClusterHandler}. */
final class FetchClientsOffHandler {
    private final MetaReplica replica;
    private final LeaderLink leader;

    FetchClientsOffHandler(MetaReplica replica, LeaderLink leader) {
        this.replica = replica;
        this.leader = leader;
    }

    CompletionStage<ClientsOff> handle(FetchClientsOff request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request).exceptionally(failure -> replica.state().clientsOff())
                : CompletableFuture.completedFuture(replica.state().clientsOff());
    }
}
