package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.Comparator;

/** One role of one node: what holds a lease. */
record MemberKey(NodeId node, NodeRole role) implements Comparable<MemberKey> {
    private static final Comparator<MemberKey> ORDER =
            Comparator.comparing(MemberKey::role).thenComparing(MemberKey::node);

    static MemberKey of(Member member) {
        return new MemberKey(member.node(), member.role());
    }

    @Override
    public int compareTo(MemberKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return role + " " + node;
    }
}
