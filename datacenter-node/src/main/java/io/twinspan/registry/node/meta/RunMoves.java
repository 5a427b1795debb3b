package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveStage;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.runtime.PeerException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The clients' way to the target, ordered at the target: its metas tell the other side's within a second, and renew their grant by
 * doing so. The order of a run is under the epoch that the run commits, or under that of the last move where this is higher.
 */
final class RunMoves {
    private final DatacenterCalls calls;

    RunMoves(DatacenterCalls calls) {
        this.calls = calls;
    }

    /** Whether both sides hold and show what the other one has. */
    CompletionStage<StepResult> isPrepared(FailoverRun run) {
        return both(
                run,
                (datacenter, seen) -> isOrdered(run, seen, MoveStage.PREPARED)
                        ? StepResult.done(datacenter + " is prepared")
                        : StepResult.notYet(datacenter + " is not prepared yet"));
    }

    CompletionStage<StepResult> prepare(FailoverRun run) {
        return order(run, MoveStage.PREPARED);
    }

    /** Whether nothing of either side is missing at the other one. */
    CompletionStage<StepResult> isReady(FailoverRun run) {
        return both(
                run,
                (datacenter, seen) -> seen.path("isReady").asBoolean(false)
                        ? StepResult.done(datacenter + " is ready")
                        : StepResult.notYet(datacenter + " lacks "
                                + seen.path("progress").path("missing").asInt(0) + " services of the other side"));
    }

    /** How far the clients are. */
    CompletionStage<StepResult> progress(FailoverRun run) {
        return seen(run.order().from()).thenApply(seen -> {
            JsonNode progress = seen.path("progress");
            String words = progress.path("connectionsLeft").asInt(0) + " connections left, "
                    + progress.path("closed").asInt(0) + " closed, "
                    + progress.path("moving").asInt(0) + " registrations on their way, "
                    + progress.path("over").asInt(0) + " over, "
                    + progress.path("overdue").asInt(0) + " overdue " + progress.path("notOver");
            if (!isOrdered(run, seen, MoveStage.COMMITTED)) {
                return StepResult.notYet(run.order().from() + " has not heard of the order yet");
            }
            // Leaders and sessions tell at different times: what neither side has counted yet, its session still
            // awaits.
            boolean isOver = progress.path("connectionsLeft").asInt(0) == 0
                    && progress.path("awaited").asInt(0) == 0
                    && progress.path("moving").asInt(0) == 0
                    && seen.path("silent").isEmpty();
            return isOver
                    ? StepResult.done(words)
                    : StepResult.notYet(
                            words + (seen.path("isGranted").asBoolean(false) ? "" : ", and the grant has not arrived"));
        });
    }

    CompletionStage<StepResult> move(FailoverRun run) {
        return order(run, MoveStage.COMMITTED);
    }

    /** Whether nobody is sent away any more for this run. */
    CompletionStage<StepResult> isEnded(FailoverRun run) {
        return both(
                run,
                (datacenter, seen) -> isUnderWay(run, seen)
                        ? StepResult.notYet(datacenter + " still sends clients away")
                        : StepResult.done("nobody is sent away in " + datacenter));
    }

    CompletionStage<StepResult> end(FailoverRun run) {
        DatacenterId to = run.order().to();
        return seen(to).thenCompose(seen -> isUnderWay(run, seen)
                ? calls.call(to, new OperatorCall(MoveDesk.END, "run=" + run.id(), ""))
                        .thenApply(RunMoves::result)
                : isEnded(run));
    }

    private CompletionStage<StepResult> order(FailoverRun run, MoveStage stage) {
        return seen(run.order().to()).thenCompose(seen -> order(run, stage, epoch(run, seen)));
    }

    /**
     * A run that was undone has ended its move under an epoch that was never committed. Of two orders the one of the higher epoch holds
     * on both sides, so a later run of an epoch below takes that one, and comes after it by its version.
     */
    private static FederationEpoch epoch(FailoverRun run, JsonNode seen) {
        FederationEpoch committed = RunEpochs.committedBy(run.order());
        JsonNode last = seen.path("order");
        if (!last.isObject()) {
            return committed;
        }
        FederationEpoch held = new FederationEpoch(
                last.path("epoch").asLong(1),
                new DatacenterId(last.path("issuer").asString("")));
        return isOf(run, seen) || held.compareTo(committed) > 0 ? held : committed;
    }

    private CompletionStage<StepResult> order(FailoverRun run, MoveStage stage, FederationEpoch epoch) {
        FailoverRun.Order order = run.order();
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("run", run.id());
        wish.put("epoch", epoch.number());
        wish.put("issuer", epoch.issuer().name());
        wish.put("source", order.from().name());
        wish.put("target", order.to().name());
        wish.put("stage", stage.word());
        String body = JsonMapper.shared().writeValueAsString(wish);
        return calls.call(order.to(), new OperatorCall(MoveDesk.SET, "", body)).thenApply(RunMoves::result);
    }

    private static StepResult result(OperatorAnswer answer) {
        String message = JsonBody.object(answer.body()).path("message").asString("status " + answer.status());
        return answer.status() == OperatorAnswers.OK ? StepResult.done(message) : StepResult.notYet(message);
    }

    private CompletionStage<StepResult> both(FailoverRun run, BiFunction<DatacenterId, JsonNode, StepResult> look) {
        return seen(run.order().to())
                .thenCombine(
                        seen(run.order().from()),
                        (to, from) -> RunBrakes.worse(
                                look.apply(run.order().to(), to),
                                look.apply(run.order().from(), from)));
    }

    private CompletionStage<JsonNode> seen(DatacenterId datacenter) {
        return calls.call(datacenter, new OperatorCall(MoveDesk.PATH, "", "")).thenApply(answer -> {
            if (answer.status() != OperatorAnswers.OK) {
                throw new PeerException(datacenter + " answered " + answer.body());
            }
            return JsonBody.object(answer.body());
        });
    }

    private static boolean isOrdered(FailoverRun run, JsonNode seen, MoveStage least) {
        return isOf(run, seen) && stage(seen).compareTo(least) >= 0;
    }

    private static boolean isUnderWay(FailoverRun run, JsonNode seen) {
        return isOf(run, seen) && stage(seen) != MoveStage.ENDED;
    }

    private static boolean isOf(FailoverRun run, JsonNode seen) {
        return seen.path("order").path("run").asString("").equals(run.id());
    }

    private static MoveStage stage(JsonNode seen) {
        return MoveStage.ofWord(seen.path("order").path("stage").asString(""));
    }
}
