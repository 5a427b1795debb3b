package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.pushswitch.PushSwitchStore;
import io.twinspan.registry.pushswitch.PushSwitch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The file of a node's push switch, which outlives its processes. */
final class RememberedSwitch implements PushSwitchStore {
    private @Nullable PushSwitch kept;

    @Override
    public Optional<PushSwitch> load() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void save(PushSwitch value) {
        kept = value;
    }
}
