package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A role renews its lease; the first time makes it a member. Only the leading meta grants, the others send the request on to it. */
final class RenewLeaseHandler {
    private final Membership membership;
    private final EventLoop loop;
    private final LeaderLink leader;

    RenewLeaseHandler(Membership membership, EventLoop loop, LeaderLink leader) {
        this.membership = membership;
        this.loop = loop;
        this.leader = leader;
    }

    CompletionStage<LeaseGrant> handle(RenewLease request, Caller caller) {
        if (leader.isElsewhere(caller)) {
            return leader.call(request).exceptionally(failure -> LeaseGrant.refused(PeerException.line(failure)));
        }
        return CompletableFuture.supplyAsync(() -> membership.renew(request), loop)
                .thenCompose(answer -> answer);
    }
}
