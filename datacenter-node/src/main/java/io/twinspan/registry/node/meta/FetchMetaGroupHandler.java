package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is in the raft group, from this member's own log and never from what others say. */
final class FetchMetaGroupHandler {
    private final CommandLog log;
    private final MetaReplica replica;

    FetchMetaGroupHandler(CommandLog log, MetaReplica replica) {
        this.log = log;
        this.replica = replica;
    }

    CompletionStage<MetaGroup> handle(FetchMetaGroup request, Caller caller) {
        GroupStatus status = log.status();
        return CompletableFuture.completedFuture(new MetaGroup(
                status.leader().orElse(null),
                status.members(),
                log.groupName(),
                replica.state().incarnation(),
                replica.state().isMandated()));
    }
}
