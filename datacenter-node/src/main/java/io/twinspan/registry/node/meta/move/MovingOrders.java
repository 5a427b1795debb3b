package io.twinspan.registry.node.meta.move;

import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveProgress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Orders clients to move between datacenters, and says how far they are. An order that is given to either side reaches the other within
 * a second. To be used where the group is led; may be called on any thread.
 */
public interface MovingOrders {
    /** What holds here; empty while none was ever given. */
    Optional<MoveOrder> current();

    /**
     * Orders a run, or brings the one under way to another stage. Doing so twice changes nothing.
     *
     * @param wanted its version counts for nothing: it is given one
     * @return why not; empty when the order holds
     */
    CompletionStage<String> order(MoveOrder wanted);

    /**
     * No connection is closed any more for this run.
     *
     * @return why not; empty when it has ended
     */
    CompletionStage<String> end(String run);

    /** True while the target has stood behind the order within the last seconds. */
    boolean isGranted();

    /** The sum of what nodes of this datacenter have said of the run that is ordered; empty while none is. */
    Optional<MoveProgress> progress();

    /**
     * True when every data node of this datacenter holds everything of the counterpart and nothing of it is in doubt, so that the
     * move may be committed as far as this side is concerned.
     */
    boolean isReady();
}
