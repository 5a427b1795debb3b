package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Replaces leaders that are silent, gone, or unfit to take on what they were given, confirms those that lead by rank without
 * having been asked, and begins a new term where nobody leads. Moves no content: the new leader has it already, unless none of those who had it is a member any more.
 */
final class LostLeaders {
    private final Draft draft;
    private final TreeMap<NodeId, Integer> led = new TreeMap<>();

    private LostLeaders(Draft draft) {
        this.draft = draft;
        led.putAll(draft.leaderTakers());
        if (led.isEmpty()) {
            draft.input().members().keySet().stream().filter(draft::canLead).forEach(node -> led.put(node, 0));
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
        Optional<SlotStanding> byRank = draft.standings(slot).stream()
                .filter(each -> each.epoch().rank() > 0)
                .filter(each -> draft.isHeard(each.leader()))
                .filter(each -> draft.replicas(slot).contains(each.leader()))
                .max(Comparator.comparing(SlotStanding::epoch));
        if (byRank.isPresent()) {
            return confirmed(slot, byRank.get());
        }
        NodeId leader = draft.leader(slot);
        if (leader != null && draft.isHeard(leader) && !isRefused(slot, leader)) {
            // A new term for the same leader: under the old one it has given way to somebody who has forgotten it
            // since.
            return draft.isUnled(slot) ? Optional.of(leader) : Optional.empty();
        }
        List<NodeId> heard =
                draft.replicas(slot).stream().filter(draft::canLead).toList();
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

    /**
     * One that leads by rank goes on under the next term. It would not take that on if it is unfit; then it is the first, the old
     * leader perhaps, that has everything it has.
     */
    private Optional<NodeId> confirmed(int slot, SlotStanding byRank) {
        return draft.canLead(byRank.leader())
                ? Optional.of(byRank.leader())
                : draft.replicas(slot).stream()
                        .filter(node -> draft.canLead(node) && byRank.current().contains(node))
                        .findFirst();
    }

    /** True when nobody leads the slot, because its leader's clock was wrong already when it was given to it. */
    private boolean isRefused(int slot, NodeId leader) {
        return draft.isUnfit(leader) && draft.standings(slot).isEmpty();
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
