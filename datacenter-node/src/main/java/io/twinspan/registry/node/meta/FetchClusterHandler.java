package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Who is there and who leads what. Every meta answers, leading or not, with a quorum or without. */
final class FetchClusterHandler {
    private final DatacenterId datacenter;
    private final MetaReplica replica;

    FetchClusterHandler(DatacenterId datacenter, MetaReplica replica) {
        this.datacenter = datacenter;
        this.replica = replica;
    }

    CompletionStage<ClusterState> handle(FetchCluster request, Caller caller) {
        return CompletableFuture.completedFuture(replica.state().cluster(datacenter));
    }
}
