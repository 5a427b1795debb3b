package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.failover.FailoverRun;
import io.twinspan.registry.failover.StepResult;
import io.twinspan.registry.message.OperatorCall;
import java.util.concurrent.CompletionStage;

/**
 * The clients' way to the target. While no datacenter can be ordered to move its clients, they leave by themselves when their
 * resolvers tell them of the target; the step is given up with a note then.
 */
final class RunMoves {
    /** The order that sessions have, and how far they are. */
    static final String PATH = "/federation/v1/move";

    private final DatacenterCalls calls;

    RunMoves(DatacenterCalls calls) {
        this.calls = calls;
    }

    /** Whether clients can be moved by order. */
    CompletionStage<StepResult> begin(FailoverRun run) {
        DatacenterId from = run.order().from();
        return calls.call(from, new OperatorCall(PATH, "", ""))
                .thenApply(answer -> answer.status() == OperatorAnswers.OK
                        ? StepResult.notYet("clients of " + from + " can be moved")
                        : StepResult.refused("clients of " + from
                                + " are not moved by order; they come as their resolvers tell them"));
    }

    CompletionStage<StepResult> order(FailoverRun run) {
        return begin(run);
    }

    CompletionStage<StepResult> progress(FailoverRun run) {
        return begin(run);
    }
}
