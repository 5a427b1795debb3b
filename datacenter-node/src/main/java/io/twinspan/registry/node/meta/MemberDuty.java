package io.twinspan.registry.node.meta;

import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;

/** Port: duty, as members are told of it and remember it. */
interface MemberDuty {
    /** What every member is told. */
    FederationView view();

    /** A member remembers what this group may not know: it may have lost its disks since. */
    void onRemembered(FederationState state);
}
