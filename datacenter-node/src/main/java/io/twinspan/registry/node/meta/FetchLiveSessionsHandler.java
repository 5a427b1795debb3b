package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which sessions live. The leading meta hears them; another one asks it, and tells what it knows itself when there is no answer. */
final class FetchLiveSessionsHandler {
    private final LiveSessionDesk desk;
    private final LeaderLink leader;
    private final EventLoop loop;

    FetchLiveSessionsHandler(LiveSessionDesk desk, LeaderLink leader, EventLoop loop) {
        this.desk = desk;
        this.leader = leader;
        this.loop = loop;
    }

    CompletionStage<LiveSessions> handle(FetchLiveSessions request, Caller caller) {
        return leader.isElsewhere(caller)
                ? leader.call(request)
                        .handle((answer, failure) -> answer)
                        .thenCompose(
                                answer -> answer != null ? CompletableFuture.completedFuture(answer) : own(request))
                : own(request);
    }

    private CompletionStage<LiveSessions> own(FetchLiveSessions request) {
        return CompletableFuture.supplyAsync(() -> desk.answer(request), loop).thenCompose(answer -> answer);
    }
}
