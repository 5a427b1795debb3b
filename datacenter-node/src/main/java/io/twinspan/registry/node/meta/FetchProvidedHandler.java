package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Provided configuration above a revision, removals included. Every meta answers, as it does for {@link FetchClusterHandler}. */
final class FetchProvidedHandler {
    private final MetaReplica replica;
    private final LeaderLink leader;

    FetchProvidedHandler(MetaReplica replica, LeaderLink leader) {
        this.replica = replica;
        this.leader = leader;
    }

    CompletionStage<ProvidedChanges> handle(FetchProvided request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request).exceptionally(failure -> own(request))
                : CompletableFuture.completedFuture(own(request));
    }

    private ProvidedChanges own(FetchProvided request) {
        return replica.state().provided(request);
    }
}
