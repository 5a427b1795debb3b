package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;
import java.util.Optional;

/**
 * The raft group as one of its members sees it.
 *
 * @param self raft address of this member
 * @param leader raft address of the leader; empty while there is none
 * @param members raft addresses of the members in force
 */
public record GroupStatus(Endpoint self, Optional<Endpoint> leader, List<Endpoint> members) {
    /** Copies the members. */
    public GroupStatus {
        members = List.copyOf(members);
    }

    /** True when this member leads. */
    public boolean isLeader() {
        return leader.isPresent() && leader.get().equals(self);
    }

    /** True when this node belongs to the group. */
    public boolean isMember() {
        return members.contains(self);
    }

    /** One word for health answers: {@code Leader}, {@code Follower}, {@code NoLeader} or {@code NotMember}. */
    public String raftStatus() {
        if (!isMember()) {
            return "NotMember";
        }
        if (leader.isEmpty()) {
            return "NoLeader";
        }
        return isLeader() ? "Leader" : "Follower";
    }
}
