package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes an operator may ask of any meta by HTTP. The leading meta carries them out; the others send the call on as it came,
 * path, query and body. Without a leader the answer is 503.
 */
final class OperatorDesk {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorDesk.class);
    private static final String SLOTS = "/slots";

    /** Takes a backup, which may be longer than any other call. */
    static final String RESTORE = "/meta/restore";

    private final DatacenterId datacenter;
    private final CommandLog log;
    private final LeaderLink leader;
    private final Runnable onRestored;
    private final GroupRebuild rebuild;
    private final Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> calls = new HashMap<>();
    private final Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions = new HashMap<>();

    /**
     * @param leader the way to the leader, and how long it may take
     * @param onRestored called on the leader when members have come back from a backup
     */
    OperatorDesk(Desks desks, CommandLog log, LeaderLink leader, Runnable onRestored) {
        this.datacenter = desks.datacenter();
        this.rebuild = desks.rebuild();
        this.log = log;
        this.leader = leader;
        this.onRestored = onRestored;
        calls.put("/manage/changePeer", this::changePeer);
        calls.put(RESTORE, this::restore);
        calls.put(PolicyDesk.CHANGE, desks.policies()::change);
        calls.put(MoveDesk.SET, desks.move()::set);
        calls.put(MoveDesk.END, desks.move()::end);
        calls.putAll(desks.clientsOff().changes());
        calls.putAll(desks.push().changes());
        calls.putAll(desks.duty().changes());
        calls.putAll(desks.failover().changes());
        calls.putAll(desks.config().changes());
        calls.putAll(desks.slots().changes());
        calls.putAll(desks.vips().changes());
        questions.put(SLOTS, call -> desks.slots().show());
        questions.put(
                PolicyDesk.PATH,
                call -> CompletableFuture.completedFuture(desks.policies().show()));
        questions.put(MoveDesk.PATH, call -> desks.move().show());
        questions.putAll(desks.clientsOff().questions());
        questions.putAll(desks.push().questions());
        questions.putAll(desks.duty().questions());
        questions.putAll(desks.failover().questions());
        questions.putAll(desks.configView().questions());
        questions.put(
                VipDesk.PATH,
                call -> CompletableFuture.completedFuture(desks.vips().show(call)));
    }

    /** Who carries out which calls. */
    record Desks(
            DatacenterId datacenter,
            ConfigDesk config,
            ConfigView configView,
            PolicyDesk policies,
            ClientsOffDesk clientsOff,
            PushDesk push,
            DutyDesk duty,
            FailoverDesk failover,
            MoveDesk move,
            SlotDesk slots,
            VipDesk vips,
            GroupRebuild rebuild) {}

    /** The paths of the calls, each a POST. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(calls.keySet());
        paths.add(GroupRebuild.PATH);
        return paths;
    }

    /** The paths of the questions that the leading meta answers best, each a GET. */
    Set<String> questions() {
        return questions.keySet();
    }

    /**
     * Something as the leading meta sees it, or as this one does when that one cannot be asked.
     *
     * @throws IllegalArgumentException when this meta would answer but the question makes no sense
     */
    CompletionStage<OperatorAnswer> show(OperatorCall question) {
        return leader.isElsewhere()
                ? leader.call(question)
                        .handle((answer, failure) ->
                                failure == null ? CompletableFuture.completedFuture(answer) : answer(question))
                        .thenCompose(answer -> answer)
                : answer(question);
    }

    /**
     * An operator's call, here or where the leader is. The stage does not fail.
     *
     * @throws IllegalArgumentException when this meta would carry it out but the call makes no sense
     */
    CompletionStage<OperatorAnswer> take(OperatorCall call) {
        if (call.path().equals(GroupRebuild.PATH)) {
            return audited(call, rebuild.carryOut(call));
        }
        return leader.isElsewhere() ? leader.call(call).exceptionally(OperatorAnswers::unavailable) : carryOut(call);
    }

    /** A call that another meta has sent on: carried out here or, when this meta does not lead, not at all. */
    CompletionStage<OperatorAnswer> handle(OperatorCall call, Caller caller) {
        return carryOutHere(call);
    }

    /** A call of this meta's own, or one that was sent on. The stage does not fail. */
    CompletionStage<OperatorAnswer> carryOutHere(OperatorCall call) {
        try {
            return questions.containsKey(call.path()) ? answer(call) : carryOut(call);
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.completedFuture(
                    OperatorAnswers.refused(OperatorAnswers.BAD_REQUEST, String.valueOf(refused.getMessage())));
        }
    }

    private CompletionStage<OperatorAnswer> answer(OperatorCall question) {
        Function<OperatorCall, CompletionStage<OperatorAnswer>> known = questions.get(question.path());
        if (known == null) {
            throw new IllegalArgumentException("this meta knows no " + question.path());
        }
        return known.apply(question).exceptionally(OperatorAnswers::unavailable);
    }

    private CompletionStage<OperatorAnswer> carryOut(OperatorCall call) {
        Function<OperatorCall, CompletionStage<OperatorAnswer>> carrier = calls.get(call.path());
        if (carrier == null) {
            throw new IllegalArgumentException("the meta that leads knows no " + call.path());
        }
        return audited(call, carrier.apply(call).exceptionally(OperatorAnswers::unavailable));
    }

    /** Every change that an operator asks for leaves a line where it was carried out, bodies apart, which may be secret or long. */
    private static CompletionStage<OperatorAnswer> audited(OperatorCall call, CompletionStage<OperatorAnswer> answer) {
        return answer.whenComplete((done, failure) -> LOG.info(
                "audit path={} query={} status={}", call.path(), call.query(), done == null ? failure : done.status()));
    }

    private CompletionStage<OperatorAnswer> changePeer(OperatorCall call) {
        return log.changeGroup(GroupForm.parse(call, log.status().self()))
                .thenApply(done -> OperatorAnswers.answer(OperatorAnswers.OK, OperatorAnswers.body(true, null)));
    }

    private CompletionStage<OperatorAnswer> restore(OperatorCall call) {
        MetaState backup = Backup.read(datacenter, call.body());
        return log.propose(MetaCodec.encode(new RestoreState(backup))).thenApply(refusal -> {
            if (refusal.isEmpty()) {
                onRestored.run();
            }
            return OperatorAnswers.written(
                    refusal,
                    "restored: " + backup.members().size() + " members, "
                            + backup.provided().size() + " provided values");
        });
    }
}
