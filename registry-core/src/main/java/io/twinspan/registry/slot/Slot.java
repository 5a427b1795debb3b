package io.twinspan.registry.slot;

import io.twinspan.registry.datacenter.NodeId;
import java.util.List;
import java.util.Set;

/**
 * Who holds one slot, and under which epoch the first of them leads it.
 *
 * @param epoch of rank 0; a replica further down leads, when it must, under {@link LeaderEpoch#atRank} of its place
 * @param replicas the leader, then the followers in the order in which they take its place; none twice
 */
public record Slot(SlotId id, LeaderEpoch epoch, List<NodeId> replicas) {
    /** Copies the replicas; refuses a slot that nobody holds, or too many do. */
    public Slot {
        replicas = List.copyOf(replicas);
        if (replicas.isEmpty() || replicas.size() > LeaderEpoch.RANKS) {
            throw new IllegalArgumentException(
                    "slot " + id + " has 1 to " + LeaderEpoch.RANKS + " replicas, not " + replicas.size());
        }
        if (Set.copyOf(replicas).size() != replicas.size()) {
            throw new IllegalArgumentException("slot " + id + " names a replica twice: " + replicas);
        }
    }

    /** The node that leads. */
    public NodeId leader() {
        return replicas.get(0);
    }

    /** The nodes that follow, the next to lead first. */
    public List<NodeId> followers() {
        return replicas.subList(1, replicas.size());
    }

    /** The place of a node among the replicas; -1 when it is none. */
    public int rankOf(NodeId node) {
        return replicas.indexOf(node);
    }
}
