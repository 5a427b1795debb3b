package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes an operator may ask of any meta by HTTP. The leading meta carries them out; the others send the call on as it came,
 * path, query and body. Without a leader the answer is 503.
 */
final class OperatorDesk {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final DatacenterId datacenter;
    private final ProvidedWriter provided;
    private final CommandLog log;
    private final LeaderLink leader;
    private final Runnable onRestored;
    private final Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> calls;

    /**
     * @param leader the way to the leader, and how long it may take
     * @param onRestored called on the leader when members have come back from a backup
     */
    OperatorDesk(
            DatacenterId datacenter, ProvidedWriter provided, CommandLog log, LeaderLink leader, Runnable onRestored) {
        this.datacenter = datacenter;
        this.provided = provided;
        this.log = log;
        this.leader = leader;
        this.onRestored = onRestored;
        this.calls = Map.of(
                "/persistentData/put", this::put,
                "/persistentData/remove", this::remove,
                "/manage/changePeer", this::changePeer,
                "/meta/restore", this::restore);
    }

    /** The paths of the calls, each a POST. */
    Set<String> paths() {
        return calls.keySet();
    }

    /**
     * An operator's call, here or where the leader is. The stage does not fail.
     *
     * @throws IllegalArgumentException when this meta would carry it out but the call makes no sense
     */
    CompletionStage<OperatorAnswer> take(OperatorCall call) {
        return leader.isElsewhere() ? leader.call(call).exceptionally(OperatorDesk::unavailable) : carryOut(call);
    }

    /** A call that another meta has sent on: carried out here or, when this meta does not lead, not at all. */
    CompletionStage<OperatorAnswer> handle(OperatorCall call, Caller caller) {
        try {
            return carryOut(call);
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.completedFuture(
                    answer(BAD_REQUEST, failure(String.valueOf(refused.getMessage()))));
        }
    }

    private CompletionStage<OperatorAnswer> carryOut(OperatorCall call) {
        Function<OperatorCall, CompletionStage<OperatorAnswer>> carrier = calls.get(call.path());
        if (carrier == null) {
            throw new IllegalArgumentException("the meta that leads knows no " + call.path());
        }
        return carrier.apply(call).exceptionally(OperatorDesk::unavailable);
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
                .thenApply(done -> answer(OK, body(true, null)));
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
            return answer(CONFLICT, failure(refusal));
        }
        Map<String, @Nullable Object> body = body(true, done);
        body.put("datacenters", List.of(datacenter.name()));
        return answer(OK, body);
    }

    private static OperatorAnswer unavailable(Throwable failure) {
        return answer(UNAVAILABLE, failure(PeerException.line(failure)));
    }

    private static Map<String, @Nullable Object> failure(String why) {
        return body(false, why);
    }

    private static Map<String, @Nullable Object> body(boolean isDone, @Nullable String message) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("success", isDone);
        body.put("message", message);
        return body;
    }

    private static OperatorAnswer answer(int status, Map<String, @Nullable Object> body) {
        return new OperatorAnswer(status, JsonMapper.shared().writeValueAsString(body));
    }
}
