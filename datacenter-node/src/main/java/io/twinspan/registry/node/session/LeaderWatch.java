package io.twinspan.registry.node.session;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which data nodes have not answered for how long, and which slots they say they do not lead. Pure. */
final class LeaderWatch {
    /** A leader that has not answered for this long is passed over, unless meta names another one first. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    private final Map<NodeId, Long> answeredNanos = new HashMap<>();
    private final Map<SlotId, Long> refusedNanos = new HashMap<>();
    private long lookedNanos;

    /** These are asked from now on; one that is new here has just been heard of. */
    void onAsked(Collection<NodeId> nodes, long nowNanos) {
        if (nowNanos - lookedNanos > SILENCE.toNanos() / 2) {
            // We were not there ourselves; nobody could answer.
            answeredNanos.replaceAll((node, last) -> nowNanos);
            refusedNanos.replaceAll((slot, since) -> nowNanos);
        }
        lookedNanos = nowNanos;
        answeredNanos.keySet().retainAll(nodes);
        nodes.forEach(node -> answeredNanos.putIfAbsent(node, nowNanos));
    }

    /** A node has answered for these slots, some of which it does not lead. */
    void onAnswered(NodeId node, Collection<SlotId> asked, Collection<SlotId> notLed, long nowNanos) {
        answeredNanos.replace(node, nowNanos);
        Set<SlotId> refused = new HashSet<>(notLed);
        for (SlotId slot : asked) {
            if (refused.contains(slot)) {
                refusedNanos.putIfAbsent(slot, nowNanos);
            } else {
                refusedNanos.remove(slot);
            }
        }
    }

    /** Somebody else leads, or is said to: patience begins anew. */
    void forget(Collection<SlotId> slots) {
        refusedNanos.keySet().removeAll(slots);
    }

    /** Those of a node's slots that nobody has led for {@link #SILENCE}. */
    List<SlotId> abandoned(NodeId leader, List<SlotId> slots, long nowNanos) {
        if (nowNanos - answeredNanos.getOrDefault(leader, nowNanos) >= SILENCE.toNanos()) {
            return slots;
        }
        return slots.stream()
                .filter(slot -> nowNanos - refusedNanos.getOrDefault(slot, nowNanos) >= SILENCE.toNanos())
                .toList();
    }
}
