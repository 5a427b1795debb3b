package io.twinspan.registry.ops.rolling;

import io.twinspan.registry.datacenter.NodeRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * In which order nodes are restarted, and which of them together: those with the meta role first and of them the leader last, by
 * itself; then data; then session. A group never takes a majority of the metas, all replicas of a slot, or all sessions, unless there
 * is only one. Pure.
 */
final class RollingPlanner {
    private final List<RollingNode> all;
    private final int groups;
    private final int replicas;

    /**
     * @param all nodes of the datacenter, restarted already or not
     * @param groups in how many groups the nodes of a turn go; 0 for one by one
     * @param replicas of the slot that has the fewest
     */
    RollingPlanner(Collection<RollingNode> all, int groups, int replicas) {
        this.all = List.copyOf(all);
        this.groups = groups;
        this.replicas = replicas;
    }

    /**
     * The groups in their order.
     *
     * @param remaining ids of the nodes that are still to be restarted
     * @param leader id of the node whose meta leads; empty while none does
     */
    List<List<RollingNode>> groups(Set<String> remaining, String leader) {
        List<List<RollingNode>> ordered = new ArrayList<>();
        for (NodeRole turn : NodeRole.values()) {
            List<RollingNode> due = all.stream()
                    .filter(node -> node.turn() == turn
                            && remaining.contains(node.id())
                            && !node.id().equals(leader))
                    .sorted(Comparator.comparing(RollingNode::name))
                    .toList();
            int size = size(turn);
            for (int from = 0; from < due.size(); from += size) {
                ordered.add(due.subList(from, Math.min(due.size(), from + size)));
            }
            all.stream()
                    .filter(node -> node.turn() == turn
                            && remaining.contains(node.id())
                            && node.id().equals(leader))
                    .forEach(node -> ordered.add(List.of(node)));
        }
        return ordered;
    }

    /** How many nodes of a turn may be away together. */
    private int size(NodeRole turn) {
        List<RollingNode> ofTurn =
                all.stream().filter(node -> node.turn() == turn).toList();
        int size = groups == 0 ? 1 : (ofTurn.size() + groups - 1) / groups;
        for (NodeRole role : NodeRole.values()) {
            if (ofTurn.stream().anyMatch(node -> node.isA(role))) {
                size = Math.min(size, most(role));
            }
        }
        return Math.max(1, size);
    }

    private int most(NodeRole role) {
        int count = (int) all.stream().filter(node -> node.isA(role)).count();
        return switch (role) {
            case META -> (count - 1) / 2;
            case DATA -> replicas - 1;
            case SESSION -> count - 1;
        };
    }
}
