package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The raft group as one meta sees it.
 *
 * @param leader raft address; null while that meta knows of none
 * @param members raft addresses
 */
public record MetaGroup(@Nullable Endpoint leader, List<Endpoint> members) {
    /** Copies the members. */
    public MetaGroup {
        members = List.copyOf(members);
    }
}
