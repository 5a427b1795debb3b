package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The push switch. Every meta answers, as it does for {@link FetchClusterHandler}. */
final class FetchPushSwitchHandler {
    private final MetaReplica replica;
    private final LeaderLink leader;

    FetchPushSwitchHandler(MetaReplica replica, LeaderLink leader) {
        this.replica = replica;
        this.leader = leader;
    }

    CompletionStage<PushSwitch> handle(FetchPushSwitch request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request).exceptionally(failure -> replica.state().push())
                : CompletableFuture.completedFuture(replica.state().push());
    }
}
