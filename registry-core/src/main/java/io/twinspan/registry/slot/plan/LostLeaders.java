package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Replaces leaders that are silent or gone, and confirms those that lead by rank without having been asked. Moves no content: the
 * new leader has it already, unless none of those who had it is a member any more.
 */
final class LostLeaders {
    private final Draft draft;
    private final TreeMap<NodeId, Integer> led = new TreeMap<>();

    private LostLeaders(Draft draft) {
        this.draft = draft;
        led.putAll(draft.takers());
        if (led.isEmpty()) {
            draft.input().members().keySet().stream().filter(draft::isHeard).forEach(node -> led.put(node, 0));
        }
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            NodeId leader = draft.leader(slot);
            if (leader != null) {
                led.computeIfPresent(leader, (node, count) -> count + 1);
            }
        }
    }

    static void replace(Draft draft) {
        LostLeaders rule = new LostLeaders(draft);
        for (int slot = 0; slot < SlotId.COUNT; slot++) {
            NodeId successor = rule.successor(slot).orElse(null);
            if (successor != null) {
                rule.promote(slot, successor);
            }
            rule.forgetTheGone(slot);
        }
    }

    private Optional<NodeId> successor(int slot) {
        Optional<NodeId> byRank = draft.standings(slot).stream()
                .filter(each -> each.epoch().rank() > 0)
                .filter(each -> draft.isHeard(each.leader()))
                .filter(each -> draft.replicas(slot).contains(each.leader()))
                .max(Comparator.comparing(SlotStanding::epoch))
                .map(SlotStanding::leader);
        NodeId leader = draft.leader(slot);
        if (byRank.isPresent() || (leader != null && draft.isHeard(leader))) {
            return byRank;
        }
        List<NodeId> heard =
                draft.replicas(slot).stream().filter(draft::isHeard).toList();
        Optional<NodeId> current =
                heard.stream().filter(draft.current(slot)::contains).findFirst();
        if (current.isPresent()) {
            return current;
        }
        if (leader != null && draft.input().members().get(leader) == Presence.SILENT) {
            return Optional.empty();
        }
        if (draft.replicas(slot).stream().anyMatch(draft::isMember)) {
            return heard.stream().findFirst();
        }
        return led.entrySet().stream()
                .min(Map.Entry.<NodeId, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    /** Those who are no members leave the list when somebody stays in it. */
    private void forgetTheGone(int slot) {
        if (draft.replicas(slot).stream().anyMatch(draft::isMember)) {
            List<NodeId> gone = draft.replicas(slot).stream()
                    .skip(1)
                    .filter(node -> !draft.isMember(node))
                    .toList();
            gone.forEach(node -> draft.drop(slot, node));
        }
    }

    private void promote(int slot, NodeId node) {
        NodeId old = draft.leader(slot);
        if (old != null) {
            led.computeIfPresent(old, (each, count) -> count - 1);
        }
        led.computeIfPresent(node, (each, count) -> count + 1);
        draft.lead(slot, node);
    }
}
