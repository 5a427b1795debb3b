package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes an operator may ask of any meta by HTTP. The leading meta carries them out; the others send the call on as it came,
 * path, query and body. Without a leader the answer is 503.
 */
final class OperatorDesk {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorDesk.class);
    private static final String SLOTS = "/slots";

    private final DatacenterId datacenter;
    private final ProvidedWriter provided;
    private final CommandLog log;
    private final LeaderLink leader;
    private final Runnable onRestored;
    private final SlotDesk slots;
    private final GroupRebuild rebuild;
    private final Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> calls = new HashMap<>();

    /**
     * @param leader the way to the leader, and how long it may take
     * @param onRestored called on the leader when members have come back from a backup
     */
    OperatorDesk(Desks desks, CommandLog log, LeaderLink leader, Runnable onRestored) {
        this.datacenter = desks.datacenter();
        this.provided = desks.provided();
        this.slots = desks.slots();
        this.rebuild = desks.rebuild();
        this.log = log;
        this.leader = leader;
        this.onRestored = onRestored;
        calls.put("/persistentData/put", this::put);
        calls.put("/persistentData/remove", this::remove);
        calls.put("/manage/changePeer", this::changePeer);
        calls.put("/meta/restore", this::restore);
        calls.putAll(slots.changes());
    }

    /** Who carries out which calls. */
    record Desks(DatacenterId datacenter, ProvidedWriter provided, SlotDesk slots, GroupRebuild rebuild) {}

    /** The paths of the calls, each a POST. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(calls.keySet());
        paths.add(GroupRebuild.PATH);
        return paths;
    }

    /** The slots as the leading meta sees them, or as this one does when that one cannot be asked. The stage does not fail. */
    CompletionStage<OperatorAnswer> showSlots() {
        return leader.isElsewhere()
                ? leader.call(new OperatorCall(SLOTS, "", ""))
                        .handle((answer, failure) ->
                                failure == null ? CompletableFuture.completedFuture(answer) : slots.show())
                        .thenCompose(answer -> answer)
                : slots.show();
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
        try {
            return call.path().equals(SLOTS) ? slots.show() : carryOut(call);
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.completedFuture(
                    OperatorAnswers.refused(OperatorAnswers.BAD_REQUEST, String.valueOf(refused.getMessage())));
        }
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

    private CompletionStage<OperatorAnswer> put(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        DataInfoId id = body.id();
        long version = body.version();
        return provided.put(id, version, body.data())
                .thenApply(refusal -> written(refusal, "version " + version + " of " + id + " is stored"));
    }

    private CompletionStage<OperatorAnswer> remove(OperatorCall call) {
        ProvidedBody body = ProvidedBody.parse(call.body());
        DataInfoId id = body.id();
        return provided.remove(id, body.optionalVersion().orElse(0))
                .thenApply(refusal -> written(refusal, id + " is removed"));
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
            return written(
                    refusal,
                    "restored: " + backup.members().size() + " members, "
                            + backup.provided().size() + " provided values");
        });
    }

    private OperatorAnswer written(String refusal, String done) {
        if (!refusal.isEmpty()) {
            return OperatorAnswers.written(refusal, done);
        }
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, done);
        body.put("datacenters", List.of(datacenter.name()));
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }
}
