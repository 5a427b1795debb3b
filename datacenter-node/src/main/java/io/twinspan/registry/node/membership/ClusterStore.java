package io.twinspan.registry.node.membership;

import io.twinspan.registry.message.ClusterState;
import java.util.Optional;

/** Where a session keeps what it knows of its datacenter while it is down. */
public interface ClusterStore {
    /** What was kept last; empty when nothing was, or it cannot be read. */
    Optional<ClusterState> load();

    /** Keeps it, if that is possible: a failure costs only what a restart without meta would remember. */
    void save(ClusterState value);
}
