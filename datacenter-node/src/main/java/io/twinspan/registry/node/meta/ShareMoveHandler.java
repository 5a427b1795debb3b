package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.MoveStanding;
import io.twinspan.registry.message.ShareMove;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The counterpart says what move holds there, and is told what holds here. Only the leading meta answers, the others send it on. */
final class ShareMoveHandler {
    private final MoveDesk desk;
    private final FederatedConfig federation;
    private final LeaderLink leader;
    private final EventLoop loop;

    ShareMoveHandler(MoveDesk desk, FederatedConfig federation, LeaderLink leader, EventLoop loop) {
        this.desk = desk;
        this.federation = federation;
        this.leader = leader;
        this.loop = loop;
    }

    CompletionStage<MoveStanding> handle(ShareMove request, Caller caller) {
        if (!federation.isPeer(request.from())) {
            return CompletableFuture.failedFuture(new PeerException(
                    "datacenter " + request.from() + " is not configured as a peer here, so its moves are not taken"));
        }
        return leader.isElsewhere(caller)
                ? leader.call(request)
                : CompletableFuture.supplyAsync(() -> desk.onShared(request.from(), request.standing()), loop);
    }
}
