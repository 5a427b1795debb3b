package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.DutyHeld;
import io.twinspan.registry.message.FederationCall;
import io.twinspan.registry.message.OfferDuty;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.node.meta.federation.DutyExchange;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What metas of peers say of duty and ask for. Only the metas of configured peers are heard, and only in their own name; the leading
 * meta answers.
 */
final class FederationCallHandler {
    /** What a peer may ask for: duty and failover, and what a failover puts on both sides. */
    private static final List<String> PATHS =
            List.of("/federation/v1/", "/failover/v1/", PushDesk.PATH, PolicyDesk.PATH);

    private final DatacenterId own;
    private final DutyExchange exchange;
    private final OperatorDesk desk;
    private final LeaderLink leader;
    private final EventLoop loop;

    FederationCallHandler(
            DatacenterId own, DutyExchange exchange, OperatorDesk desk, LeaderLink leader, EventLoop loop) {
        this.own = own;
        this.exchange = exchange;
        this.desk = desk;
        this.leader = leader;
        this.loop = loop;
    }

    void register(RequestDispatcher dispatcher) {
        dispatcher.on(OfferDuty.class, this::onOffer).on(FederationCall.class, this::onCall);
    }

    private CompletionStage<DutyHeld> onOffer(OfferDuty offer, Caller caller) {
        if (!isTrusted(offer.from(), caller)) {
            return CompletableFuture.failedFuture(new PeerException(stranger(offer.from(), caller)));
        }
        return leader.isElsewhere(caller)
                ? leader.call(offer)
                : CompletableFuture.supplyAsync(() -> exchange.onOffer(offer), loop)
                        .thenCompose(answer -> answer);
    }

    private CompletionStage<OperatorAnswer> onCall(FederationCall call, Caller caller) {
        if (!isTrusted(call.from(), caller)) {
            return CompletableFuture.completedFuture(
                    OperatorAnswers.refused(OperatorAnswers.CONFLICT, stranger(call.from(), caller)));
        }
        String path = call.call().path();
        if (PATHS.stream().noneMatch(path::startsWith)) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.BAD_REQUEST,
                    "peers may ask for duty, failover, push and policies, not for " + path));
        }
        return leader.isElsewhere(caller) ? leader.call(call) : desk.handle(call.call(), caller);
    }

    /** A meta that sends on what it was told has looked already. */
    private boolean isTrusted(DatacenterId from, Caller caller) {
        return exchange.isPeer(from)
                && (caller.datacenter().equals(from) || caller.datacenter().equals(own));
    }

    private static String stranger(DatacenterId from, Caller caller) {
        return caller.datacenter().equals(from)
                ? "datacenter " + from + " is not configured as a peer here, so what it says of duty is not believed"
                : "node " + caller.node() + " of " + caller.datacenter() + " speaks for datacenter " + from
                        + ", which is not believed";
    }
}
