package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Provided configuration above a revision, removals included. Every meta answers, leading or not. */
final class FetchProvidedHandler {
    private final MetaReplica replica;

    FetchProvidedHandler(MetaReplica replica) {
        this.replica = replica;
    }

    CompletionStage<ProvidedChanges> handle(FetchProvided request, Caller caller) {
        return CompletableFuture.completedFuture(replica.state().providedSince(request.sinceRevision()));
    }
}
