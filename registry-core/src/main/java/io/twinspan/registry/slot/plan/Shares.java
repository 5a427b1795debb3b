package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How many of something each node has and should have. Nobody should have more than one above another; the ones left over by the
 * division stay with those that have most, or, where it is uneven anyway, go to those that hold most. A node that is no taker should have none.
 */
final class Shares {
    private final Map<NodeId, Integer> has;
    private final TreeMap<NodeId, Integer> should = new TreeMap<>();

    /**
     * @param has counts of the nodes, takers or not
     * @param takers nodes that share
     * @param total of what is shared
     */
    Shares(Map<NodeId, Integer> has, Collection<NodeId> takers, int total) {
        this(has, takers, total, has);
    }

    /** @param holds replicas of each node, whatever is shared */
    Shares(Map<NodeId, Integer> has, Collection<NodeId> takers, int total, Map<NodeId, Integer> holds) {
        this.has = new HashMap<>(has);
        List<NodeId> byLoad = new ArrayList<>(takers);
        int share = takers.isEmpty() ? 0 : total / takers.size();
        boolean isEven = byLoad.stream().allMatch(node -> count(node) == share || count(node) == share + 1);
        Map<NodeId, Integer> weight = isEven ? has : holds;
        byLoad.sort(Comparator.comparing((NodeId node) -> -weight.getOrDefault(node, 0))
                .thenComparing(Comparator.naturalOrder()));
        int extra = byLoad.isEmpty() ? 0 : total % byLoad.size();
        for (NodeId node : byLoad) {
            should.put(node, share + (extra-- > 0 ? 1 : 0));
        }
    }

    boolean isOver(NodeId node) {
        return surplus(node) > 0;
    }

    /** How many more than it should; negative when fewer. */
    int surplus(NodeId node) {
        return count(node) - should.getOrDefault(node, 0);
    }

    /** Of these, the one that lacks most; empty when none lacks any. */
    Optional<NodeId> neediest(Stream<NodeId> nodes) {
        return nodes.filter(node -> surplus(node) < 0).min((a, b) -> {
            int byNeed = Integer.compare(surplus(a), surplus(b));
            return byNeed != 0 ? byNeed : a.compareTo(b);
        });
    }

    void move(NodeId from, NodeId to) {
        has.merge(from, -1, Integer::sum);
        has.merge(to, 1, Integer::sum);
    }

    void take(NodeId from) {
        has.merge(from, -1, Integer::sum);
    }

    private int count(NodeId node) {
        return has.getOrDefault(node, 0);
    }
}
