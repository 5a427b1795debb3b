package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who is there and who leads what. Every meta answers, with a quorum or without: a follower passes on what the leader says, which
 * may be a moment ahead of it, and answers from its own state when the leader does not, or says less because it has been deposed.
 */
final class FetchClusterHandler {
    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final LeaderLink leader;

    FetchClusterHandler(DatacenterId datacenter, MetaReplica replica, LeaderLink leader) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.leader = leader;
    }

    CompletionStage<ClusterState> handle(FetchCluster request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request).thenApply(this::orOwn).exceptionally(failure -> own())
                : CompletableFuture.completedFuture(own());
    }

    private ClusterState orOwn(ClusterState theirs) {
        ClusterState ours = own();
        int byTable = ours.table().epoch().compareTo(theirs.table().epoch());
        boolean isLess = byTable > 0 || (byTable == 0 && ours.membersRevision() > theirs.membersRevision());
        return isLess ? ours : theirs;
    }

    private ClusterState own() {
        return replica.state().cluster(datacenter);
    }
}
