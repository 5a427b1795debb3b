package io.twinspan.registry.node.meta;

import io.twinspan.registry.federation.MoveView;
import io.twinspan.registry.message.FetchMove;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The move that is ordered. Every meta answers, as it does for {@link FetchClusterHandler}; only the leader knows of a grant. */
final class FetchMoveHandler {
    private final MoveDesk desk;
    private final LeaderLink leader;

    FetchMoveHandler(MoveDesk desk, LeaderLink leader) {
        this.desk = desk;
        this.leader = leader;
    }

    CompletionStage<MoveView> handle(FetchMove request, Caller caller) {
        MoveView own = desk.view();
        return leader.isElsewhere(caller)
                ? leader.call(request).exceptionally(failure -> own.ungranted())
                : CompletableFuture.completedFuture(own);
    }
}
