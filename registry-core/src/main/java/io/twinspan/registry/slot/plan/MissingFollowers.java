package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names followers where there are fewer replicas than wanted: the node that follows least, within what it may catch up at once. */
final class MissingFollowers {
    private MissingFollowers() {}

    static void add(Draft draft) {
        CatchingUp catchingUp = new CatchingUp(draft);
        TreeMap<NodeId, Integer> followed = draft.takers();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            List<NodeId> replicas = draft.replicas(slot);
            replicas.stream().skip(1).forEach(node -> followed.computeIfPresent(node, (each, count) -> count + 1));
        }
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            NodeId leader = draft.leader(slot);
            if (leader == null || !draft.isHeard(leader)) {
                continue;
            }
            List<NodeId> replicas = draft.replicas(slot);
            long kept =
                    replicas.stream().filter(node -> !draft.isEvacuating(node)).count();
            for (; kept < draft.input().limits().replicas(); kept++) {
                NodeId taker = followed.entrySet().stream()
                        .filter(each -> !replicas.contains(each.getKey()) && catchingUp.hasRoom(each.getKey()))
                        .min(Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .orElse(null);
                if (taker == null) {
                    break;
                }
                draft.add(slot, taker);
                catchingUp.begin(taker);
                followed.merge(taker, 1, Integer::sum);
            }
        }
    }
}
