package io.twinspan.registry.it.simulation;

import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.node.move.MoveStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file in which a node keeps the last move, which outlives its processes. */
final class RememberedMove implements MoveStore {
    private @Nullable MoveOrder kept;

    @Override
    public Optional<MoveOrder> load() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void save(MoveOrder order) {
        kept = order;
    }
}
