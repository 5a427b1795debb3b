package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.PushSwitchCall;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes and opens the push, here or in a peer datacenter. Whoever closes names the version that was seen and leaves a token; only
 * its owner takes it back. What is asked of a peer is carried out there or refused at once: a closing that arrives late would
 * surprise everybody.
 */
final class PushDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PushDesk.class);

    /** How the switch stands. */
    static final String PATH = "/push/switch";

    static final String CLOSE = PATH + "/close";
    static final String OPEN = PATH + "/open";
    static final String PREVIEW = PATH + "/preview";

    /** The classic paths, whose names are those of a switch that stops the push. */
    static final String CLASSIC_CLOSE = "/stopPushDataSwitch/open";

    static final String CLASSIC_OPEN = "/stopPushDataSwitch/close";

    private static final int CLASSIC_TRIES = 3;

    /** How long a peer may take: it waits for its sessions. */
    private static final Duration PEER_WITHIN = PushSwitchView.CONFIRM_WITHIN.multipliedBy(2);

    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final PushConfirmations confirmations;
    private final PushSwitchView view;
    private final FederatedConfig federation;

    PushDesk(
            DatacenterId datacenter,
            MetaReplica replica,
            MetaPorts ports,
            PushConfirmations confirmations,
            FederatedConfig federation) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.confirmations = confirmations;
        this.federation = federation;
        this.view = new PushSwitchView(datacenter, replica, ports, confirmations);
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(
                CLOSE, call -> where(call, this::close),
                OPEN, call -> where(call, this::open),
                CLASSIC_CLOSE, call -> where(call, here -> classic(CLASSIC_TRIES, this::classicallyClosed)),
                CLASSIC_OPEN, call -> where(call, here -> classic(CLASSIC_TRIES, this::classicallyOpened)));
    }

    /** What may be asked, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions() {
        return Map.of(
                PATH, call -> where(call, here -> view.show("")),
                PREVIEW, call -> where(call, here -> view.preview()));
    }

    /** A call of an operator in a peer datacenter. The stage does not fail. */
    CompletionStage<OperatorAnswer> ofPeer(OperatorCall call) {
        Function<OperatorCall, CompletionStage<OperatorAnswer>> known =
                questions().getOrDefault(call.path(), changes().get(call.path()));
        return known == null
                ? CompletableFuture.completedFuture(OperatorAnswers.refused(
                        OperatorAnswers.BAD_REQUEST, "peers may ask for the push switch only, not for " + call.path()))
                : known.apply(call);
    }

    private CompletionStage<OperatorAnswer> where(
            OperatorCall call, Function<OperatorCall, CompletionStage<OperatorAnswer>> here) {
        DatacenterId named = OperatorAnswers.field(new OperatorCall(call.path(), call.query(), ""), "datacenter")
                .map(DatacenterId::new)
                .orElse(datacenter);
        if (named.equals(datacenter)) {
            return CompletableFuture.supplyAsync(() -> here.apply(call), ports.loop())
                    .thenCompose(answer -> answer)
                    .exceptionally(PushDesk::refusal);
        }
        if (!federation.isPeer(named)) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.BAD_REQUEST,
                    "datacenter " + named + " is unknown here; known are " + datacenter + " and its peers "
                            + ports.metas().peers().keySet().stream().sorted().toList()));
        }
        return CompletableFuture.supplyAsync(
                        () -> federation.ask(named, new PushSwitchCall(datacenter, call), PEER_WITHIN), ports.loop())
                .thenCompose(answer -> answer)
                .exceptionally(failure -> OperatorAnswers.refused(
                        OperatorAnswers.UNAVAILABLE,
                        "datacenter " + named + " does not answer, and nothing is kept for later: "
                                + PeerException.line(failure)));
    }

    /** Read on the loop, where a body that makes no sense fails the stage. */
    private static OperatorAnswer refusal(Throwable failure) {
        Throwable cause = PeerException.unwrap(failure);
        return cause instanceof IllegalArgumentException
                ? OperatorAnswers.refused(OperatorAnswers.BAD_REQUEST, String.valueOf(cause.getMessage()))
                : OperatorAnswers.unavailable(failure);
    }

    private CompletionStage<OperatorAnswer> close(OperatorCall call) {
        long now = now();
        PushRequest wanted = PushRequest.parse(call.body(), now);
        return isForgotten() && !isOnEverything(wanted)
                ? remembered()
                : change(wanted.version(), closed(now, wanted), "push is closed");
    }

    private CompletionStage<OperatorAnswer> open(OperatorCall call) {
        long now = now();
        PushRequest wanted = PushRequest.parse(call.body(), now);
        Predicate<PushToken> opened = token -> token.owner().equals(wanted.owner())
                && (!wanted.isScoped() || token.scope().isAboutTheSame(wanted.scope()));
        PushSwitch before = stored(now);
        if (wanted.version() == before.version() && before.tokens().stream().noneMatch(opened) && !isForgotten()) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.CONFLICT,
                    "push is not closed by " + wanted.owner() + (wanted.isScoped() ? " for " + wanted.scope() : "")
                            + view.closings(before, now)));
        }
        return isForgotten() && !isOnEverything(wanted)
                ? remembered()
                : change(wanted.version(), before.without(opened), "push is opened by " + wanted.owner());
    }

    /**
     * After the loss of every meta, sessions obey a switch that nobody here knows, and any change takes its place as a whole: what a
     * procedure closes or opens would lift what an operator has closed.
     */
    private boolean isForgotten() {
        return confirmations.highest() > replica.state().push().version();
    }

    /** Whoever speaks so has said what is to hold, whatever held. */
    private static boolean isOnEverything(PushRequest wanted) {
        return wanted.owner().equals(PushToken.OPERATOR) && !wanted.isScoped();
    }

    private CompletionStage<OperatorAnswer> remembered() {
        return CompletableFuture.completedFuture(OperatorAnswers.refused(
                OperatorAnswers.CONFLICT,
                "sessions obey version " + confirmations.highest()
                        + " of the push switch, of an earlier meta group, and"
                        + " this would take its place; an operator says first what holds for everything: 'twinspan push"
                        + " close' or 'twinspan push open'"));
    }

    private PushSwitch closed(long now, PushRequest wanted) {
        PushToken token = new PushToken(
                wanted.owner(), wanted.reason(), wanted.position(), wanted.scope(), now, wanted.expiresMillis());
        return stored(now).with(since(now, token));
    }

    /** Closing again what is closed goes on with it: alerts count from the beginning. */
    private PushToken since(long now, PushToken token) {
        long since = stored(now).tokens().stream()
                .filter(before -> before.isReplacedBy(token))
                .mapToLong(PushToken::sinceMillis)
                .findFirst()
                .orElse(now);
        return new PushToken(
                token.owner(),
                token.reason(),
                token.position(),
                token.scope(),
                Math.min(since, now),
                token.expiresMillis());
    }

    private PushSwitch classicallyClosed(long now) {
        PushToken token =
                new PushToken(PushToken.OPERATOR, "by " + CLASSIC_CLOSE, PushPosition.CLOSED, PushScope.all(), now, 0);
        return stored(now).with(since(now, token));
    }

    private PushSwitch classicallyOpened(long now) {
        return stored(now).without(token -> token.owner().equals(PushToken.OPERATOR));
    }

    /** Classic callers name no version: what they ask for holds whatever was changed meanwhile. */
    private CompletionStage<OperatorAnswer> classic(int tries, LongFunction<PushSwitch> change) {
        PushSwitch next = change.apply(now());
        String done = next.tokens().isEmpty() ? "push is open" : "push is closed";
        return change(next.version(), next, done)
                .thenComposeAsync(
                        answer -> answer.status() == OperatorAnswers.CONFLICT && tries > 1
                                ? classic(tries - 1, change)
                                : CompletableFuture.completedFuture(answer),
                        ports.loop());
    }

    private CompletionStage<OperatorAnswer> change(long expected, PushSwitch next, String done) {
        SetPushSwitch command = new SetPushSwitch(expected, confirmations.highest() + 1, next.tokens());
        return ports.log()
                .propose(MetaCodec.encode(command))
                .thenComposeAsync(
                        refusal -> {
                            // The phrase that operators' scripts look for.
                            LOG.info(
                                    "stop push data switch to DB result: {} closings={}",
                                    refusal.isEmpty() ? done : "refused, " + refusal,
                                    next.tokens().size());
                            return refusal.isEmpty()
                                    ? view.confirmed(done)
                                    : CompletableFuture.completedFuture(
                                            OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
                        },
                        ports.loop());
    }

    private PushSwitch stored(long now) {
        return replica.state().push().inForce(now);
    }

    private long now() {
        return ports.clock().physicalMillis();
    }
}
