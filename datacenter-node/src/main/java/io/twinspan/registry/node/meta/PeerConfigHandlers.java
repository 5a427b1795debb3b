package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.ConfigStatus;
import io.twinspan.registry.message.FetchConfigStatus;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedComparison;
import io.twinspan.registry.message.ProvidedHeld;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What metas of peers ask about provided configuration. The leading meta answers, the others send it on. */
final class PeerConfigHandlers {
    private final FederatedConfig federation;
    private final ConfigView view;
    private final LeaderLink leader;
    private final EventLoop loop;

    PeerConfigHandlers(FederatedConfig federation, ConfigView view, LeaderLink leader, EventLoop loop) {
        this.federation = federation;
        this.view = view;
        this.leader = leader;
        this.loop = loop;
    }

    void register(RequestDispatcher dispatcher) {
        dispatcher
                .on(OfferProvided.class, this::onOffer)
                .on(CompareProvided.class, this::onCompare)
                .on(FetchConfigStatus.class, this::onStatus);
    }

    private CompletionStage<ProvidedHeld> onOffer(OfferProvided offer, Caller caller) {
        return !federation.isPeer(offer.from())
                ? stranger(offer.from())
                : answer(offer, caller, () -> federation.onOffer(offer));
    }

    private CompletionStage<ProvidedComparison> onCompare(CompareProvided question, Caller caller) {
        return answer(question, caller, () -> CompletableFuture.completedFuture(federation.onCompare(question)));
    }

    private CompletionStage<ConfigStatus> onStatus(FetchConfigStatus question, Caller caller) {
        return answer(question, caller, () -> view.here(question.id()));
    }

    private <R> CompletionStage<R> answer(Request<R> request, Caller caller, Supplier<CompletionStage<R>> own) {
        return leader.isElsewhere(caller)
                ? leader.call(request)
                : CompletableFuture.supplyAsync(own, loop).thenCompose(answer -> answer);
    }

    private static <R> CompletionStage<R> stranger(DatacenterId from) {
        return CompletableFuture.failedFuture(new PeerException(
                "datacenter " + from + " is not configured as a peer here, so its configuration is not taken"));
    }
}
