package io.twinspan.registry.node.move;

import io.twinspan.registry.federation.MoveOrder;
import java.util.Optional;

/** Where a node keeps the last order over a restart. Port. */
public interface MoveStore {
    /** What was saved last; empty when nothing was, or it cannot be read. */
    Optional<MoveOrder> load();

    /** Keeps it; a failure is told and nothing else. */
    void save(MoveOrder order);
}
