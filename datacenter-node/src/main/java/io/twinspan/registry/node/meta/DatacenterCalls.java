package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import java.util.concurrent.CompletionStage;

/** Port: what an operator could ask of a datacenter, asked by a failover. */
interface DatacenterCalls {
    /** Asks the own datacenter or a peer, once; the stage fails with the reason when nobody there answers. */
    CompletionStage<OperatorAnswer> call(DatacenterId datacenter, OperatorCall call);
}
