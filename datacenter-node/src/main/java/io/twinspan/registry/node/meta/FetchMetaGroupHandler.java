package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is in the raft group, from this member's own log and never from what others say. */
final class FetchMetaGroupHandler {
    private final CommandLog log;

    FetchMetaGroupHandler(CommandLog log) {
        this.log = log;
    }

    CompletionStage<MetaGroup> handle(FetchMetaGroup request, Caller caller) {
        GroupStatus status = log.status();
        return CompletableFuture.completedFuture(new MetaGroup(status.leader().orElse(null), status.members()));
    }
}
