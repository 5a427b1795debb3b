package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.DriverSettings;
import io.twinspan.registry.failover.FailoverActions;
import io.twinspan.registry.failover.FailoverDriver;
import io.twinspan.registry.failover.FailoverFacts;
import io.twinspan.registry.failover.FailoverJournal;
import io.twinspan.registry.failover.FailoverPlan;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.FailoverStep;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.json.JsonBody;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Failovers of which this datacenter is the target: planned, begun, shown and aborted here, and driven by whichever meta leads. What
 * is asked of another target is sent there. Belongs to the role's event loop.
 */
final class FailoverDesk {
    static final String PLAN = "/failover/v1/plan";
    static final String RUN = "/failover/v1/run";
    static final String ABORT = "/failover/v1/abort";
    static final String RESUME = "/failover/v1/resume";
    static final String STATUS = "/failover/v1/status";

    /** A plan is of what was seen then; older ones are not run. */
    static final Duration PLAN_LIVES = Duration.ofMinutes(10);

    /** A run is written twice a step at most while an abort is on its way. */
    private static final int ABORT_TRIES = 5;

    private static final Logger LOG = LoggerFactory.getLogger(FailoverDesk.class);

    private final DatacenterId own;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final DutyDesk duty;
    private final FailoverSight sight;
    private final DatacenterCalls calls;
    private final FailoverActions actions;
    private final Set<FailoverStep> hooked;
    private @Nullable FailoverDriver driver;
    private boolean isLeading;

    FailoverDesk(MetaReplica replica, MetaPorts ports, Parts parts) {
        this.own = parts.own();
        this.replica = replica;
        this.ports = ports;
        this.duty = parts.duty();
        this.sight = parts.sight();
        this.calls = parts.calls();
        this.actions = parts.actions();
        this.hooked = parts.hooked();
    }

    /** What the desk works with. */
    record Parts(
            DatacenterId own,
            DutyDesk duty,
            FailoverSight sight,
            DatacenterCalls calls,
            FailoverActions actions,
            Set<FailoverStep> hooked) {}

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(
                RUN, call -> change(call, Set.of("to", "from", "force", "rehearse", "plan"), this::run),
                ABORT, call -> change(call, Set.of("to"), body -> abort(ABORT_TRIES)),
                RESUME, call -> change(call, Set.of("to", "skip"), this::resume));
    }

    /** What may be asked, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions() {
        return Map.of(
                FailoverSight.SIDE,
                call -> onLoop(sight::shown),
                PLAN,
                call -> onLoop(() ->
                        where(call, target(call), () -> plan(target(call), from(OperatorAnswers.field(call, "from"))))),
                STATUS,
                call -> onLoop(() -> where(call, targetOrOwn(call), this::status)));
    }

    /** This meta leads from now on, or no longer. */
    void onLeadership(boolean leads) {
        isLeading = leads;
        FailoverDriver running = driver;
        if (running != null) {
            running.stop();
        }
        driver = null;
        onTick();
    }

    /** Goes on with a run that nobody drives. */
    void onTick() {
        boolean isDriven = driver != null && driver.isDriving();
        if (!isLeading || isDriven) {
            return;
        }
        driver = null;
        journal()
                .running()
                .filter(run -> run.state() != FailoverRun.State.HALTED)
                .ifPresent(this::drive);
    }

    private void drive(FailoverRun run) {
        LOG.info(
                "failover driven run={} to={} state={} step={}",
                run.id(),
                run.order().to(),
                run.state(),
                run.step());
        FailoverDriver next = new FailoverDriver(
                actions,
                written -> ports.log()
                        .propose(MetaCodec.encode(new JournalRun(written)))
                        .thenApply(refusal -> {
                            LOG.info(
                                    "failover run={} state={} step={} begun={} {}",
                                    written.id(),
                                    written.state(),
                                    written.step(),
                                    written.isBegun(),
                                    written.notes()
                                            .get(written.notes().size() - 1)
                                            .text());
                            return refusal;
                        }),
                ports.loop(),
                ports.clock()::physicalMillis,
                DriverSettings.standard());
        driver = next;
        next.drive(run);
    }

    /** @param isHasty true when a datacenter that has not been heard lately is not asked: the answer would be long in not coming */
    private CompletionStage<FailoverPlan> planned(DatacenterId to, Optional<DatacenterId> named, boolean isHasty) {
        Optional<DatacenterId> active = duty.state().active();
        if (named.isPresent() && !active.equals(named) && !active.equals(Optional.of(to))) {
            throw new IllegalArgumentException(
                    "from " + named.get() + " clients are called to the active datacenter only, "
                            + active.map(Object::toString).orElse("none") + ", not to " + to);
        }
        DatacenterId from = named.or(() -> active).orElse(to);
        boolean isAsked = !from.equals(own) && duty.known().contains(from) && (!isHasty || duty.isHeard(from));
        CompletionStage<FailoverFacts.Side> target = sight.side(own);
        CompletionStage<Optional<FailoverFacts.Side>> source = !isAsked
                ? CompletableFuture.completedFuture(Optional.empty())
                : named.isPresent()
                        ? sight.side(from).thenApply(Optional::of)
                        : sight.side(from).thenApply(Optional::of).exceptionally(failure -> Optional.empty());
        return target.thenCombineAsync(
                source,
                (here, there) -> FailoverPlan.of(new FailoverFacts(
                        to,
                        duty.known(),
                        duty.state(),
                        here,
                        there.orElse(null),
                        ports.clock().physicalMillis(),
                        hooked)),
                ports.loop());
    }

    private CompletionStage<OperatorAnswer> plan(DatacenterId to, Optional<DatacenterId> from) {
        return planned(to, from, false).thenApply(plan -> {
            if (!plan.refusal().isEmpty()) {
                return OperatorAnswers.refused(OperatorAnswers.CONFLICT, plan.refusal());
            }
            Map<String, @Nullable Object> body = OperatorAnswers.body(true, plan.isGo() ? "GO" : "NO-GO");
            body.putAll(RunJson.fields(plan));
            return OperatorAnswers.answer(OperatorAnswers.OK, body);
        });
    }

    private CompletionStage<OperatorAnswer> run(JsonNode body) {
        boolean isForced = JsonBody.flag(body, "force");
        boolean isRehearsal = JsonBody.flag(body, "rehearse");
        String token = JsonBody.text(body, "plan", "");
        Optional<DatacenterId> from =
                from(Optional.of(JsonBody.text(body, "from", "")).filter(name -> !name.isEmpty()));
        return planned(target(body), from, isForced)
                .thenComposeAsync(
                        plan -> {
                            String refusal = refusal(plan, token, isForced || isRehearsal);
                            return refusal.isEmpty()
                                    ? begin(plan, isForced, isRehearsal)
                                    : CompletableFuture.completedFuture(
                                            OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
                        },
                        ports.loop());
    }

    private static String refusal(FailoverPlan plan, String token, boolean isAnyway) {
        if (!plan.refusal().isEmpty()) {
            return plan.refusal();
        }
        String difference = token.isEmpty() ? "" : plan.difference(token, PLAN_LIVES.toMillis());
        if (!difference.isEmpty()) {
            return difference;
        }
        return plan.isGo() || isAnyway
                ? ""
                : "NO-GO: " + String.join("; ", plan.against())
                        + ". With --force it is run all the same, and gives up: "
                        + (plan.losses().isEmpty() ? "nothing that is known" : String.join("; ", plan.losses()));
    }

    private CompletionStage<OperatorAnswer> begin(FailoverPlan plan, boolean isForced, boolean isRehearsal) {
        long now = ports.clock().physicalMillis();
        FailoverRun.Order order = new FailoverRun.Order(
                plan.facts().from().orElse(own),
                own,
                plan.facts().state().epoch(),
                isForced,
                isRehearsal,
                now,
                plan.steps(),
                plan.facts().totals());
        String why = (isRehearsal ? "rehearsal: " : "")
                + (plan.isGo() ? "GO" : "NO-GO: " + String.join("; ", plan.against()))
                + (isForced && !plan.losses().isEmpty()
                        ? "; FORCED, gives up " + String.join("; ", plan.losses())
                        : "");
        FailoverRun first = FailoverRun.first("f" + Long.toString(now, Character.MAX_RADIX), order, why);
        return written(first, "run " + first.id() + " has begun");
    }

    /** Writes what a run is now, and goes on with it. */
    private CompletionStage<OperatorAnswer> written(FailoverRun run, String message) {
        return ports.log()
                .propose(MetaCodec.encode(new JournalRun(run)))
                .thenApplyAsync(
                        refusal -> {
                            if (!refusal.isEmpty()) {
                                return OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal);
                            }
                            onTick();
                            return shown(message, List.of(run));
                        },
                        ports.loop());
    }

    private CompletionStage<OperatorAnswer> resume(JsonNode body) {
        Optional<FailoverRun> halted = journal().running().filter(run -> run.state() == FailoverRun.State.HALTED);
        if (halted.isEmpty()) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.CONFLICT,
                    "no run to " + own + " is halted; 'twinspan failover status' shows them"));
        }
        boolean isSkipping = JsonBody.flag(body, "skip");
        return written(
                halted.get().resumed(ports.clock().physicalMillis(), isSkipping),
                "run " + halted.get().id() + " goes on" + (isSkipping ? " without what failed" : ""));
    }

    /**
     * What is answered is written first, so that it holds whoever drives the run next and whatever its step is about to answer.
     *
     * @param tries how often another writing may come between, before the operator is told
     */
    private CompletionStage<OperatorAnswer> abort(int tries) {
        FailoverRun run = journal().running().orElse(null);
        if (run == null || run.isPastCommit()) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.CONFLICT,
                    run == null
                            ? "no run to " + own + " is under way"
                            : "run " + run.id() + " is past the point of no return: its epoch is committed, or may be."
                                    + " 'twinspan failover back' is a new run, once this one is over"));
        }
        String message = "run " + run.id() + " is to be undone; 'twinspan failover status' shows how far that is";
        if (run.state() == FailoverRun.State.ABORTING) {
            return CompletableFuture.completedFuture(shown(message, List.of(run)));
        }
        FailoverRun undoing = run.aborting(ports.clock().physicalMillis(), "asked for by an operator");
        return ports.log()
                .propose(MetaCodec.encode(new JournalRun(undoing)))
                .thenComposeAsync(
                        refusal -> {
                            if (!refusal.isEmpty()) {
                                return tries > 1
                                        ? abort(tries - 1)
                                        : CompletableFuture.completedFuture(
                                                OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
                            }
                            FailoverDriver driving = driver;
                            if (driving != null) {
                                driving.abort(undoing);
                            }
                            onTick();
                            return CompletableFuture.completedFuture(shown(message, List.of(undoing)));
                        },
                        ports.loop());
    }

    private CompletionStage<OperatorAnswer> status() {
        return CompletableFuture.completedFuture(shown(null, journal().runs()));
    }

    private OperatorAnswer shown(@Nullable String message, List<FailoverRun> runs) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>(OperatorAnswers.body(true, message));
        body.put("datacenter", own.name());
        body.put("line", duty.exchange().view().line());
        body.put("runs", RunJson.fields(runs));
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    /** Here, or at the datacenter that is the target. */
    private CompletionStage<OperatorAnswer> where(
            OperatorCall call, DatacenterId target, Supplier<CompletionStage<OperatorAnswer>> here) {
        if (target.equals(own)) {
            return here.get();
        }
        if (!duty.known().contains(target)) {
            throw new IllegalArgumentException("datacenter " + target + " is unknown here; known are " + duty.known());
        }
        return calls.call(target, call);
    }

    private FailoverJournal journal() {
        return replica.state().book().runs();
    }

    private DatacenterId target(JsonNode body) {
        String name = JsonBody.text(body, "to", "");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("to is missing; it names the datacenter that is to become active");
        }
        return new DatacenterId(name);
    }

    /** A datacenter that is named. */
    private Optional<DatacenterId> from(Optional<String> name) {
        Optional<DatacenterId> from = name.map(DatacenterId::new);
        if (from.isPresent() && !duty.known().contains(from.get())) {
            throw new IllegalArgumentException(
                    "from: datacenter " + from.get() + " is unknown here; known are " + duty.known());
        }
        return from;
    }

    private DatacenterId target(OperatorCall call) {
        return new DatacenterId(OperatorAnswers.required(call, "to"));
    }

    private DatacenterId targetOrOwn(OperatorCall call) {
        return OperatorAnswers.field(call, "to").map(DatacenterId::new).orElse(own);
    }

    /** @param known fields that are read; another would be a wish that nobody hears */
    private CompletionStage<OperatorAnswer> change(
            OperatorCall call, Set<String> known, Function<JsonNode, CompletionStage<OperatorAnswer>> here) {
        return onLoop(() -> {
            JsonNode body = JsonBody.object(call.body());
            JsonBody.refuseOthers(body, known, "the body");
            return where(call, target(body), () -> here.apply(body));
        });
    }

    private CompletionStage<OperatorAnswer> onLoop(Supplier<CompletionStage<OperatorAnswer>> task) {
        return CompletableFuture.supplyAsync(task, ports.loop())
                .thenCompose(answer -> answer)
                .exceptionally(DutyDesk::refusal);
    }
}
