package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.PushSwitchCall;
import io.twinspan.registry.node.meta.federation.FederatedConfig;
import io.twinspan.registry.runtime.Caller;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator in a peer datacenter asks for something of the push switch here. The leading meta carries it out. */
final class PushSwitchCallHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PushSwitchCallHandler.class);

    private final PushDesk desk;
    private final FederatedConfig federation;
    private final LeaderLink leader;

    PushSwitchCallHandler(PushDesk desk, FederatedConfig federation, LeaderLink leader) {
        this.desk = desk;
        this.federation = federation;
        this.leader = leader;
    }

    CompletionStage<OperatorAnswer> handle(PushSwitchCall request, Caller caller) {
        if (!federation.isPeer(request.from())) {
            return CompletableFuture.completedFuture(OperatorAnswers.refused(
                    OperatorAnswers.CONFLICT, "datacenter " + request.from() + " is not configured as a peer here"));
        }
        if (leader.isElsewhere(caller)) {
            return leader.call(request);
        }
        return desk.ofPeer(request.call())
                .whenComplete((done, failure) -> LOG.info(
                        "audit path={} from={} status={}",
                        request.call().path(),
                        request.from(),
                        done == null ? failure : done.status()));
    }
}
