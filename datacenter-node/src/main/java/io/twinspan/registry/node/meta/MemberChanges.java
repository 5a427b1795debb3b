package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * How often a node has come to the list of its role, or gone from it, since this meta knows the list. A node that restarts within its
 * lease stays on it. Belongs to the role's event loop; the counts may be read on any thread.
 */
final class MemberChanges {
    private final Map<NodeRole, Set<NodeId>> known = new EnumMap<>(NodeRole.class);
    private final Map<NodeRole, LongAdder> changes = new EnumMap<>(NodeRole.class);

    MemberChanges() {
        changes.put(NodeRole.DATA, new LongAdder());
        changes.put(NodeRole.SESSION, new LongAdder());
    }

    /** The list as it is now. */
    void onMembers(Collection<Member> members) {
        changes.forEach((role, count) -> {
            Set<NodeId> now = members.stream()
                    .filter(member -> member.role() == role)
                    .map(Member::node)
                    .collect(Collectors.toSet());
            Set<NodeId> before = known.put(role, now);
            if (before != null) {
                Set<NodeId> stayed = new HashSet<>(before);
                stayed.retainAll(now);
                count.add(before.size() + now.size() - 2L * stayed.size());
            }
        });
    }

    /** By role. */
    Map<NodeRole, Long> counts() {
        Map<NodeRole, Long> counts = new EnumMap<>(NodeRole.class);
        changes.forEach((role, count) -> counts.put(role, count.sum()));
        return counts;
    }
}
