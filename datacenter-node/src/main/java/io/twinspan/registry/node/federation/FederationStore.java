package io.twinspan.registry.node.federation;

import io.twinspan.registry.federation.FederationState;
import java.util.Optional;

/** Where a node keeps what it knows of duty while it is down. */
public interface FederationStore {
    /** What was kept last; empty when nothing was, or it cannot be read. */
    Optional<FederationState> load();

    /** Keeps it, before anybody is answered under it. */
    void save(FederationState state);
}
