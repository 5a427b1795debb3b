package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table being planned, with the questions that every rule asks. Slots are spoken of by number. */
final class Draft {
    private final SlotTable before;
    private final PlanInput input;
    private final List<List<NodeId>> replicas = new ArrayList<>();
    private final Set<Integer> renewed = new HashSet<>();

    Draft(SlotTable before, PlanInput input) {
        this.before = before;
        this.input = input;
        for (int i = 0; i < SlotId.COUNT; i++) {
            replicas.add(before.slots().isEmpty() ? new ArrayList<>() : new ArrayList<>(old(i).replicas()));
        }
    }

    PlanInput input() {
        return input;
    }

    /** True when there is nobody to give anything to. */
    boolean isHopeless() {
        return input.members().keySet().stream().noneMatch(before.slots().isEmpty() ? this::canLead : this::isHeard);
    }

    /** Replicas of a slot, the leader first; only {@link #lead}, {@link #add} and {@link #drop} change them. */
    List<NodeId> replicas(int slot) {
        return replicas.get(slot);
    }

    @Nullable
    NodeId leader(int slot) {
        return replicas.get(slot).isEmpty() ? null : replicas.get(slot).get(0);
    }

    /** A node leads, under another term also when it is who led before; that one goes to the end otherwise. */
    void lead(int slot, NodeId node) {
        renewed.add(slot);
        lead(replicas.get(slot), node);
    }

    static void lead(List<NodeId> list, NodeId node) {
        NodeId old = list.isEmpty() ? node : list.get(0);
        list.remove(node);
        list.add(0, node);
        if (!old.equals(node)) {
            list.remove(old);
            list.add(old);
        }
    }

    void add(int slot, NodeId node) {
        replicas.get(slot).add(node);
    }

    void drop(int slot, NodeId node) {
        replicas.get(slot).remove(node);
    }

    void dropFollowers(int slot) {
        List<NodeId> list = replicas.get(slot);
        list.subList(1, list.size()).clear();
    }

    boolean isMember(NodeId node) {
        return input.members().containsKey(node);
    }

    boolean isHeard(NodeId node) {
        return input.members().get(node) == Presence.HEARD || isUnfit(node);
    }

    boolean isUnfit(NodeId node) {
        return input.members().get(node) == Presence.UNFIT;
    }

    /** True for a leader that keeps what it leads although it may be given nothing to lead. */
    boolean isKept(NodeId leader) {
        return isUnfit(leader) && !isEvacuating(leader);
    }

    /** True when a node is there and takes on a slot that it is to lead. */
    boolean canLead(NodeId node) {
        return isHeard(node) && !isUnfit(node);
    }

    boolean isEvacuating(NodeId node) {
        return input.wishes().evacuating().contains(node);
    }

    /** Nodes that may be given slots: heard, and not asked to give theirs up. By id, each with 0. */
    TreeMap<NodeId, Integer> takers() {
        TreeMap<NodeId, Integer> takers = new TreeMap<>();
        input.members().keySet().stream()
                .filter(node -> isHeard(node) && !isEvacuating(node))
                .forEach(node -> takers.put(node, 0));
        return takers;
    }

    /** Of these, the ones that may be given slots to lead. */
    TreeMap<NodeId, Integer> leaderTakers() {
        TreeMap<NodeId, Integer> takers = takers();
        takers.keySet().removeIf(this::isUnfit);
        return takers;
    }

    /** What the slot's leader says of it; null when it has said nothing under this term, or is not the leader any more. */
    @Nullable
    SlotStanding standing(int slot) {
        if (before.slots().isEmpty() || !old(slot).leader().equals(leader(slot))) {
            return null;
        }
        for (SlotStanding each : standings(slot)) {
            if (each.leader().equals(old(slot).leader())
                    && each.epoch().equals(old(slot).epoch())) {
                return each;
            }
        }
        return null;
    }

    /** True when nobody has led the slot for long although its leader is heard. */
    boolean isUnled(int slot) {
        return !before.slots().isEmpty() && input.unled().contains(old(slot).id());
    }

    /** All words about a slot under its term, whoever's. */
    List<SlotStanding> standings(int slot) {
        if (before.slots().isEmpty()) {
            return List.of();
        }
        long term = old(slot).epoch().term();
        return input.standings().getOrDefault(old(slot).id(), List.of()).stream()
                .filter(each -> each.epoch().term() == term)
                .toList();
    }

    boolean isSettled(int slot) {
        SlotStanding standing = standing(slot);
        return standing != null && standing.isSettled();
    }

    Set<NodeId> current(int slot) {
        SlotStanding standing = standing(slot);
        return standing == null ? Set.of() : standing.current();
    }

    /** The table before when nothing differs from it. */
    SlotTable table(Incarnation incarnation) {
        List<Slot> slots = new ArrayList<>();
        boolean isSame = !before.slots().isEmpty();
        for (int i = 0; i < SlotId.COUNT; i++) {
            Slot young = slot(i);
            slots.add(young);
            isSame = isSame && young.equals(old(i));
        }
        return isSame
                ? before
                : new SlotTable(new SlotTableEpoch(incarnation, before.epoch().number() + 1), slots);
    }

    private Slot slot(int number) {
        if (before.slots().isEmpty()) {
            return new Slot(new SlotId(number), LeaderEpoch.NONE.next(), replicas(number));
        }
        Slot old = old(number);
        boolean stays = !renewed.contains(number);
        return new Slot(old.id(), stays ? old.epoch() : old.epoch().next(), replicas(number));
    }

    private Slot old(int number) {
        return before.slots().get(number);
    }
}
