package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.node.policy.PolicyJson;
import io.twinspan.registry.node.pushswitch.PushSwitchJson;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.policy.PolicyRule;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run puts on both datacenters and takes off again: a token that holds removals back, owned by the run, and a policy that
 * fetches everything of the other side. An operator's own tokens and policies are never touched.
 */
final class RunBrakes {
    /** If nobody takes it back, because the target was lost in the middle, the token ends by itself. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** As wide as {@code *}, and none that an operator would write: what stands there is a failover's. */
    private static final String EVERY_SERVICE = "**";

    private final DatacenterCalls calls;
    private final LongSupplier nowMillis;

    /** @param nowMillis wall clock, by which tokens end */
    RunBrakes(DatacenterCalls calls, LongSupplier nowMillis) {
        this.calls = calls;
        this.nowMillis = nowMillis;
    }

    CompletionStage<StepResult> areHeld(FailoverRun run) {
        return both(
                run,
                datacenter -> push(datacenter).thenApply(seen -> {
                    if (!isHeldBy(run, seen)) {
                        return StepResult.notYet("removals pass in " + datacenter);
                    }
                    for (JsonNode session : seen.path("sessions")) {
                        if (!session.path("confirmed").asBoolean(false)) {
                            return StepResult.notYet("session "
                                    + session.path("node").asString("") + " of " + datacenter + " has not confirmed");
                        }
                    }
                    return StepResult.done("removals are held back in " + datacenter);
                }));
    }

    /** Holds removals back, or goes on with that in good time before it ends: a halted run is resumed whenever an operator likes. */
    CompletionStage<StepResult> hold(FailoverRun run) {
        long lasting = nowMillis.getAsLong() + LONGEST.dividedBy(2).toMillis();
        return both(
                run,
                datacenter -> push(datacenter).thenCompose(seen -> {
                    if (isHeldBy(run, seen, lasting)) {
                        return CompletableFuture.completedFuture(StepResult.done("held"));
                    }
                    Map<String, Object> body = token(run, seen);
                    body.put("reason", "failover to " + run.order().to());
                    body.put("position", "hold-shrink");
                    body.put("for", LONGEST.toString());
                    return ask(datacenter, PushDesk.CLOSE, body);
                }));
    }

    CompletionStage<StepResult> unhold(FailoverRun run) {
        return both(
                run,
                datacenter -> push(datacenter)
                        .thenCompose(seen -> isHeldBy(run, seen)
                                ? ask(datacenter, PushDesk.OPEN, token(run, seen))
                                : CompletableFuture.completedFuture(
                                        StepResult.done("removals pass in " + datacenter))));
    }

    CompletionStage<StepResult> areWarm(FailoverRun run) {
        return both(
                run,
                datacenter -> policies(datacenter)
                        .thenApply(table -> hasRule(table, other(run, datacenter))
                                ? StepResult.done(
                                        "everything of " + other(run, datacenter) + " is fetched in " + datacenter)
                                : StepResult.notYet("only what is wanted is fetched in " + datacenter)));
    }

    CompletionStage<StepResult> warm(FailoverRun run) {
        return both(
                run,
                datacenter -> change(datacenter, table -> {
                    DatacenterId other = other(run, datacenter);
                    if (hasRule(table, other)) {
                        return null;
                    }
                    List<PolicyRule> more = new ArrayList<>(table.rules());
                    more.add(new PolicyRule(target(other), FetchPolicy.WARM, null, null));
                    return more;
                }));
    }

    CompletionStage<StepResult> cool(FailoverRun run) {
        return both(
                run,
                datacenter -> change(datacenter, table -> {
                    DatacenterId other = other(run, datacenter);
                    return hasRule(table, other)
                            ? table.rules().stream()
                                    .filter(rule -> !rule.target().equals(target(other)))
                                    .toList()
                            : null;
                }));
    }

    CompletionStage<StepResult> areReleased(FailoverRun run) {
        return both(
                run,
                datacenter -> push(datacenter).thenCombine(policies(datacenter), (seen, table) -> {
                    boolean isReleased = !isHeldBy(run, seen) && !hasRule(table, other(run, datacenter));
                    return isReleased
                            ? StepResult.done(datacenter + " is released")
                            : StepResult.notYet(datacenter + " still has what the run put on it");
                }));
    }

    CompletionStage<StepResult> release(FailoverRun run) {
        return cool(run).thenCombine(unhold(run), RunBrakes::worse);
    }

    private CompletionStage<StepResult> change(
            DatacenterId datacenter, Function<PolicyTable, @Nullable List<PolicyRule>> edit) {
        return policies(datacenter).thenCompose(table -> {
            List<PolicyRule> rules = edit.apply(table);
            return rules == null
                    ? CompletableFuture.completedFuture(StepResult.done("nothing to change in " + datacenter))
                    : ask(datacenter, PolicyDesk.CHANGE, PolicyJson.fields(new PolicyTable(table.version(), rules)));
        });
    }

    /** Each side on its own, and the worse of the two answers with what both say. */
    private static CompletionStage<StepResult> both(
            FailoverRun run, Function<DatacenterId, CompletionStage<StepResult>> each) {
        return tried(each, run.order().to()).thenCombine(tried(each, run.order().from()), RunBrakes::worse);
    }

    private static CompletionStage<StepResult> tried(
            Function<DatacenterId, CompletionStage<StepResult>> each, DatacenterId datacenter) {
        return each.apply(datacenter).exceptionally(failure -> StepResult.notYet(PeerException.line(failure)));
    }

    /** The worse of the two, with what both say. */
    static StepResult worse(StepResult a, StepResult b) {
        StepResult.Word word = a.word().compareTo(b.word()) >= 0 ? a.word() : b.word();
        return new StepResult(word, a.text() + "; " + b.text());
    }

    private CompletionStage<JsonNode> push(DatacenterId datacenter) {
        return read(datacenter, PushDesk.PATH).thenApply(JsonBody::object);
    }

    private CompletionStage<PolicyTable> policies(DatacenterId datacenter) {
        return read(datacenter, PolicyDesk.PATH).thenApply(PolicyJson::read);
    }

    private CompletionStage<String> read(DatacenterId datacenter, String path) {
        return calls.call(datacenter, new OperatorCall(path, "", "")).thenApply(answer -> {
            if (answer.status() != OperatorAnswers.OK) {
                throw new PeerException(datacenter + " answered " + path + " with " + message(answer));
            }
            return answer.body();
        });
    }

    private CompletionStage<StepResult> ask(DatacenterId datacenter, String path, Map<String, ?> body) {
        return calls.call(
                        datacenter,
                        new OperatorCall(path, "", JsonMapper.shared().writeValueAsString(body)))
                .thenApply(answer -> answer.status() == OperatorAnswers.OK
                        ? StepResult.done(datacenter + ": " + message(answer))
                        : StepResult.notYet(datacenter + " answered " + path + " with " + message(answer)));
    }

    private static String message(OperatorAnswer answer) {
        return JsonBody.object(answer.body()).path("message").asString("status " + answer.status());
    }

    private static boolean isHeldBy(FailoverRun run, JsonNode seen) {
        return isHeldBy(run, seen, 0);
    }

    private static boolean isHeldBy(FailoverRun run, JsonNode seen, long untilMillis) {
        for (JsonNode token : seen.path("tokens")) {
            if (token.path("owner").asString("").equals(owner(run))) {
                return PushSwitchJson.millis(token, "until") >= untilMillis;
            }
        }
        return false;
    }

    private static Map<String, Object> token(FailoverRun run, JsonNode seen) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", seen.path("version").asString("0"));
        body.put("owner", owner(run));
        return body;
    }

    private static String owner(FailoverRun run) {
        return "failover " + run.id();
    }

    private static boolean hasRule(PolicyTable table, DatacenterId peer) {
        return table.rules().stream().anyMatch(rule -> rule.target().equals(target(peer)));
    }

    private static PolicyTarget target(DatacenterId peer) {
        return new PolicyTarget(peer.name(), PolicyTarget.ANY, EVERY_SERVICE);
    }

    private static DatacenterId other(FailoverRun run, DatacenterId datacenter) {
        return datacenter.equals(run.order().to())
                ? run.order().from()
                : run.order().to();
    }
}
