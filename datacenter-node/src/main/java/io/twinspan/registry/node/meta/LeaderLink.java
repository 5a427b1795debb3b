package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The way from this meta to the one that leads. What a meta has sent is never sent on, so nothing goes in circles. */
final class LeaderLink {
    private final GroupWatch group;
    private final MetaNeighbours metas;
    private final Duration within;
    private final DatacenterId own;

    /** @param within how long the leader may take to answer */
    LeaderLink(DatacenterId own, GroupWatch group, MetaNeighbours metas, Duration within) {
        this.own = own;
        this.group = group;
        this.metas = metas;
        this.within = within;
    }

    /** True when another meta is known to lead. */
    boolean isElsewhere() {
        return leader().isPresent();
    }

    /** True when another meta is known to lead and this request has not been sent on before; a peer's metas know no leader here. */
    boolean isElsewhere(Caller caller) {
        boolean isSentOn = caller.role() == NodeRole.META && caller.datacenter().equals(own);
        return !isSentOn && isElsewhere();
    }

    /** Sends a request on; fails when nobody leads any more. */
    <R> CompletionStage<R> call(Request<R> request) {
        return leader().map(raft -> metas.client().call(metas.answering().apply(raft), request, within))
                .orElseGet(() -> CompletableFuture.failedFuture(new PeerException("the meta group has no leader now")));
    }

    private Optional<Endpoint> leader() {
        GroupStatus status = group.status();
        return status.leader().filter(raft -> !raft.equals(status.self()));
    }
}
