package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.federation.FederationState;
import java.util.concurrent.CompletionStage;

/** Port: what the own datacenter has agreed on about duty. */
public interface LocalDuty {
    /** What is agreed now. */
    FederationState state();

    /**
     * Takes in what a peer knows.
     *
     * @return empty when the group has it, else why it is not believed; fails when this meta does not lead
     */
    CompletionStage<String> follow(FederationState offered);
}
