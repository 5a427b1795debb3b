package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many slots each node follows without being current, so that nobody is given more than it can take. */
final class CatchingUp {
    private final int limit;
    private final Map<NodeId, Integer> slots = new HashMap<>();

    CatchingUp(Draft draft) {
        limit = draft.input().limits().catchingUp();
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            List<NodeId> replicas = draft.replicas(slot);
            for (int i = 1; i < replicas.size(); i++) {
                if (!draft.current(slot).contains(replicas.get(i))) {
                    begin(replicas.get(i));
                }
            }
        }
    }

    boolean hasRoom(NodeId node) {
        return slots.getOrDefault(node, 0) < limit;
    }

    void begin(NodeId node) {
        slots.merge(node, 1, Integer::sum);
    }
}
