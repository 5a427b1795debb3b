package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What operators have asked of the slots, until they take it back.
 *
 * @param isPaused true while no content may move; a lost leader is replaced all the same
 * @param evacuating nodes that give up everything
 * @param moved the node that shall lead a slot, whatever the balance
 */
public record SlotWishes(boolean isPaused, Set<NodeId> evacuating, Map<SlotId, NodeId> moved) {
    /** Nobody has asked for anything. */
    public static final SlotWishes NONE = new SlotWishes(false, Set.of(), Map.of());

    /** Copies what is given. */
    public SlotWishes {
        evacuating = Set.copyOf(evacuating);
        moved = Map.copyOf(moved);
    }

    /** The same, paused or not. */
    public SlotWishes paused(boolean paused) {
        return new SlotWishes(paused, evacuating, moved);
    }

    /** The same, with a node evacuating or no longer; what was moved to one that evacuates is forgotten. */
    public SlotWishes evacuating(NodeId node, boolean evacuates) {
        Set<NodeId> nodes = new HashSet<>(evacuating);
        if (!evacuates) {
            nodes.remove(node);
            return new SlotWishes(isPaused, nodes, moved);
        }
        nodes.add(node);
        Map<SlotId, NodeId> kept = new HashMap<>(moved);
        kept.values().removeIf(node::equals);
        return new SlotWishes(isPaused, nodes, kept);
    }

    /** The same, with a slot moved to a node. */
    public SlotWishes moving(SlotId slot, NodeId node) {
        Map<SlotId, NodeId> moves = new HashMap<>(moved);
        moves.put(slot, node);
        return new SlotWishes(isPaused, evacuating, moves);
    }

    /** The same, with a slot given back to the balance. */
    public SlotWishes releasing(SlotId slot) {
        Map<SlotId, NodeId> moves = new HashMap<>(moved);
        moves.remove(slot);
        return new SlotWishes(isPaused, evacuating, moves);
    }

    /** The same, without a node that is gone for good. */
    public SlotWishes forgetting(NodeId node) {
        return evacuating(node, true).evacuating(node, false);
    }
}
