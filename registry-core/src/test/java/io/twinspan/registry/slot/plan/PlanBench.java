package io.twinspan.registry.slot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table with data nodes that are only names: leaders settle and followers become current when they are told to report. Keeps count
 * of what was copied and who has led.
 */
final class PlanBench {
    static final Incarnation LIFE = new Incarnation(1, 1);

    final Map<NodeId, Presence> members = new TreeMap<>();
    final Map<SlotId, List<SlotStanding>> standings = new HashMap<>();
    Set<SlotId> unled = Set.of();
    SlotWishes wishes = SlotWishes.NONE;
    PlanLimits limits;
    SlotTable table = SlotTable.EMPTY;
    int copies;
    int leaderChanges;

    PlanBench(int replicas, int nodes) {
        limits = new PlanLimits(replicas, 64, 64);
        for (int i = 1; i <= nodes; i++) {
            join(node(i));
        }
    }

    static PlanBench settled(int replicas, int nodes) {
        PlanBench bench = new PlanBench(replicas, nodes);
        bench.settle();
        return bench;
    }

    static List<SlotId> ids(List<Slot> slots) {
        return slots.stream().map(Slot::id).toList();
    }

    static void assertEven(Collection<Integer> counts, int total) {
        int nodes = counts.size();
        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(total / nodes, (total + nodes - 1) / nodes));
    }

    static NodeId node(int number) {
        return new NodeId("d" + number);
    }

    void join(NodeId node) {
        members.put(node, Presence.HEARD);
    }

    void leave(NodeId node) {
        members.remove(node);
    }

    void presence(NodeId node, Presence presence) {
        members.put(node, presence);
    }

    /** Plans once; true when the table has changed. */
    boolean plan() {
        SlotTable next = SlotPlanner.plan(table, LIFE, input());
        boolean hasChanged = !next.equals(table);
        if (hasChanged) {
            count(next);
        }
        table = next;
        return hasChanged;
    }

    PlanInput input() {
        return new PlanInput(members, standings, unled, wishes, limits);
    }

    /**
     * Every leader that is heard reports; followers that are heard are current. An unfit one leads only what it has led before it
     * was.
     */
    void report() {
        for (Slot slot : table.slots()) {
            boolean isNew = standings.getOrDefault(slot.id(), List.of()).stream()
                    .noneMatch(each ->
                            each.leader().equals(slot.leader()) && each.epoch().equals(slot.epoch()));
            if (isNew && members.get(slot.leader()) == Presence.UNFIT) {
                standings.remove(slot.id());
            } else if (isHeard(slot.leader())) {
                Set<NodeId> current = new HashSet<>(slot.followers());
                current.removeIf(node -> !isHeard(node));
                standings.put(slot.id(), List.of(new SlotStanding(slot.leader(), slot.epoch(), true, current)));
            }
        }
    }

    /** One slot's leader says something of its own. */
    void report(int slot, SlotStanding... words) {
        standings.put(new SlotId(slot), List.of(words));
    }

    /** Plans and reports in turn until nothing changes; the number of plans it took. */
    int settle() {
        for (int steps = 1; steps < 200; steps++) {
            report();
            if (!plan()) {
                return steps;
            }
        }
        throw new AssertionError("no end: led " + led() + " followed " + followed());
    }

    Slot slot(int number) {
        return table.slots().get(number);
    }

    Map<NodeId, Integer> led() {
        return count(false);
    }

    Map<NodeId, Integer> followed() {
        return count(true);
    }

    Set<NodeId> heard() {
        Set<NodeId> heard = new TreeSet<>(members.keySet());
        heard.removeIf(node -> !isHeard(node));
        return heard;
    }

    boolean isHeard(NodeId node) {
        return members.get(node) == Presence.HEARD || members.get(node) == Presence.UNFIT;
    }

    private Map<NodeId, Integer> count(boolean followers) {
        Map<NodeId, Integer> counts = new TreeMap<>();
        members.keySet().forEach(node -> counts.put(node, 0));
        for (Slot slot : table.slots()) {
            (followers ? slot.followers() : List.of(slot.leader()))
                    .forEach(node -> counts.merge(node, 1, Integer::sum));
        }
        return counts;
    }

    private void count(SlotTable next) {
        for (Slot slot : next.slots()) {
            List<NodeId> old = table.find(slot.id()).map(Slot::replicas).orElse(List.of(slot.leader()));
            copies += (int)
                    slot.replicas().stream().filter(node -> !old.contains(node)).count();
            leaderChanges += old.get(0).equals(slot.leader()) ? 0 : 1;
        }
    }

    static LeaderEpoch rank(Slot slot, int rank) {
        return slot.epoch().atRank(rank);
    }
}
