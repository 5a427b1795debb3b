package io.twinspan.registry.node.membership;

import io.twinspan.registry.message.ClusterState;
import java.util.function.Consumer;

/** The own datacenter as meta last described it. */
public interface ClusterView {
    /** The newest state known; any thread. Before meta has answered it has no members and no slots. */
    ClusterState current();

    /**
     * True when meta has answered lately, and with a leader: only then does it mean anything that a member is missing. Any thread.
     * A view that does not talk to meta itself has been told by somebody who does.
     */
    default boolean isHeard() {
        return true;
    }

    /**
     * Adds a listener, called with each newer state, and soon with the one known now when there is one. It is called on a thread of
     * the view and must hand over to its own event loop.
     */
    void onChange(Consumer<ClusterState> listener);
}
