package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.slot.Incarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The raft group as one meta sees it.
 *
 * @param leader raft address; null while that meta knows of none
 * @param members raft addresses
 * @param name of the raft group
 * @param incarnation of the state that meta holds
 * @param isMandated as in {@link LeaseGrant}
 */
public record MetaGroup(
        @Nullable Endpoint leader, List<Endpoint> members, String name, Incarnation incarnation, boolean isMandated) {
    /** Copies the members. */
    public MetaGroup {
        members = List.copyOf(members);
    }
}
