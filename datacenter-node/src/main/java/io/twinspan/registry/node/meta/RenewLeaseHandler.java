package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A role renews its lease; the first time makes it a member. Only the leading meta grants. */
final class RenewLeaseHandler {
    private final Membership membership;
    private final EventLoop loop;

    RenewLeaseHandler(Membership membership, EventLoop loop) {
        this.membership = membership;
        this.loop = loop;
    }

    CompletionStage<LeaseGrant> handle(RenewLease request, Caller caller) {
        return CompletableFuture.supplyAsync(() -> membership.renew(request.member()), loop)
                .thenCompose(answer -> answer);
    }
}
