package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.pushswitch.PushSwitch;
import java.util.Optional;

/** Where a node keeps the push switch while it is down. */
public interface PushSwitchStore {
    /** What was kept last; empty when nothing was, or it cannot be read. */
    Optional<PushSwitch> load();

    /** Keeps it, if that is possible: a failure costs only what a restart without meta would remember. */
    void save(PushSwitch value);
}
