package io.twinspan.registry.it.simulation;

import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.node.membership.ClusterStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file of what a node's session knows of its datacenter, which outlives its processes. */
final class RememberedCluster implements ClusterStore {
    private @Nullable ClusterState kept;

    @Override
    public Optional<ClusterState> load() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void save(ClusterState value) {
        kept = value;
    }

    void wipe() {
        kept = null;
    }
}
