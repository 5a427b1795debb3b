package io.twinspan.registry.node.membership;

import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.node.federation.NodeFederation;
import org.jspecify.annotations.Nullable;

/** What meta has said of duty, and what this node knows beyond it. Belongs to the loop of its link. */
final class HeardDuty {
    private @Nullable NodeFederation kept;
    private FederationState heard = FederationState.NONE;

    /** Where it goes what metas know of duty. */
    void keep(NodeFederation newer) {
        kept = newer;
    }

    void onGrant(LeaseGrant grant) {
        NodeFederation duty = kept;
        FederationView view = grant.federation();
        if (duty != null && view != null) {
            heard = view.state();
            duty.offer(view);
        }
    }

    /** What this node remembers of duty beyond what meta has said; null when that is nothing. */
    @Nullable
    FederationState untold() {
        NodeFederation duty = kept;
        if (duty == null) {
            return null;
        }
        FederationState remembered = duty.current().state();
        return heard.merge(remembered).equals(heard) ? null : remembered;
    }
}
