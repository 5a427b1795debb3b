package io.twinspan.registry.node.membership;

import io.twinspan.registry.message.ClusterState;
import java.util.function.Consumer;

/** This datacenter as its meta sees it, as far as this process has heard. */
public interface ClusterView {
    /** The newest state known; {@link ClusterState#unknown} before the first. May be called on any thread. */
    ClusterState current();

    /** Told of every newer state, on a thread of the view; the listener must not block. */
    void onChange(Consumer<ClusterState> listener);
}
