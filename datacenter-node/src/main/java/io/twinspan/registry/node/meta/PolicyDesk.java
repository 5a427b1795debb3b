package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.policy.PolicyJson;
import io.twinspan.registry.policy.PolicyTable;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What operators decide about peers, shown and changed as one table: whoever changes it names the version that was seen. */
final class PolicyDesk {
    /** As other metas and HTTP know it. */
    static final String PATH = "/policies";

    /** How a change is sent on to the leader. */
    static final String CHANGE = "/policies/put";

    private final CommandLog log;
    private final MetaReplica replica;

    PolicyDesk(CommandLog log, MetaReplica replica) {
        this.log = log;
        this.replica = replica;
    }

    OperatorAnswer show() {
        return shown(null);
    }

    /** @throws IllegalArgumentException naming what is wrong with the body */
    CompletionStage<OperatorAnswer> change(OperatorCall call) {
        PolicyTable wanted = PolicyJson.read(call.body());
        return log.propose(MetaCodec.encode(new SetPolicies(wanted.version(), wanted.rules())))
                .thenApply(refusal -> refusal.isEmpty()
                        ? shown("the policies are changed, and in force within a second")
                        : OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
    }

    private OperatorAnswer shown(@Nullable String message) {
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, message);
        body.putAll(PolicyJson.fields(replica.state().policies()));
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }
}
