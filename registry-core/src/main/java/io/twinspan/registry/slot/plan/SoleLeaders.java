package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The balance of a datacenter that keeps one replica of each slot. There is nothing to wait for, since nothing follows: a slot moves
 * at once, and sessions bring its registrations to the new leader.
 */
final class SoleLeaders {
    private SoleLeaders() {}

    static void spread(Draft draft) {
        Map<NodeId, Integer> led = new HashMap<>();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            NodeId leader = draft.leader(slot);
            if (leader == null) {
                continue;
            }
            led.merge(leader, 1, Integer::sum);
            if (draft.isHeard(leader)) {
                draft.dropFollowers(slot);
            }
        }
        SlotWishes wishes = draft.input().wishes();
        List<NodeId> takers = draft.input().members().keySet().stream()
                .filter(node -> !draft.isEvacuating(node) && !draft.isUnfit(node))
                .toList();
        if (!wishes.isPaused() && !takers.isEmpty()) {
            spread(draft, led, takers);
        }
    }

    private static void spread(Draft draft, Map<NodeId, Integer> led, List<NodeId> takers) {
        Map<SlotId, NodeId> moved = draft.input().wishes().moved();
        moved.forEach((slot, node) -> {
            NodeId leader = draft.leader(slot.number());
            if (takers.contains(node) && leader != null && !leader.equals(node)) {
                led.merge(leader, -1, Integer::sum);
                led.merge(node, 1, Integer::sum);
                move(draft, slot.number(), node);
            }
        });
        int kept = led.entrySet().stream()
                .filter(each -> draft.isKept(each.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
        Shares shares = new Shares(led, takers, SlotId.COUNT - kept);
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            NodeId leader = draft.leader(slot);
            if (leader == null
                    || draft.isKept(leader)
                    || !shares.isOver(leader)
                    || moved.containsKey(new SlotId(slot))) {
                continue;
            }
            Optional<NodeId> taker = shares.neediest(takers.stream());
            if (taker.isPresent()) {
                shares.move(leader, taker.get());
                move(draft, slot, taker.get());
            }
        }
    }

    private static void move(Draft draft, int slot, NodeId node) {
        NodeId old = draft.leader(slot);
        draft.lead(slot, node);
        if (old != null && !old.equals(node)) {
            draft.drop(slot, old);
        }
    }
}
