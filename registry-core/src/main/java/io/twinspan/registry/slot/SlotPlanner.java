package io.twinspan.registry.slot;

import io.twinspan.registry.datacenter.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Assigns slots to data nodes. Pure: same inputs, same table. Every node leads the same number of slots give or take one, and no
 * slot changes hands that does not have to.
 */
public final class SlotPlanner {
    private SlotPlanner() {}

    /**
     * Plans the next table.
     *
     * @param current the table in force
     * @param nodes data nodes that can lead; when there are none the table stays, because a table without leaders helps nobody
     * @return {@code current} itself when nothing has to change, else a table with the next epoch
     */
    public static SlotTable plan(SlotTable current, Incarnation incarnation, Collection<NodeId> nodes) {
        TreeSet<NodeId> alive = new TreeSet<>(nodes);
        if (alive.isEmpty()) {
            return current;
        }
        TreeMap<NodeId, Integer> room = quotas(current, alive);
        NodeId[] leaders = new NodeId[SlotId.COUNT];
        List<Integer> homeless = new ArrayList<>();
        for (int i = 0; i < SlotId.COUNT; i++) {
            NodeId leader =
                    current.slots().isEmpty() ? null : current.slots().get(i).leader();
            if (leader != null && alive.contains(leader) && room.merge(leader, -1, Integer::sum) >= 0) {
                leaders[i] = leader;
            } else {
                homeless.add(i);
            }
        }
        room.values().removeIf(free -> free <= 0);
        for (int slot : homeless) {
            Map.Entry<NodeId, Integer> next = room.firstEntry();
            leaders[slot] = next.getKey();
            if (next.getValue() == 1) {
                room.remove(next.getKey());
            } else {
                room.put(next.getKey(), next.getValue() - 1);
            }
        }
        return homeless.isEmpty() ? current : table(current, incarnation, leaders);
    }

    /** How many slots each node leads; the ones left over by the division go to those that lead most already. */
    private static TreeMap<NodeId, Integer> quotas(SlotTable current, TreeSet<NodeId> alive) {
        List<NodeId> byLoad = new ArrayList<>(alive);
        Map<NodeId, Integer> load = new TreeMap<>();
        current.slots().forEach(slot -> load.merge(slot.leader(), 1, Integer::sum));
        byLoad.sort((a, b) -> Integer.compare(load.getOrDefault(b, 0), load.getOrDefault(a, 0)));
        int share = SlotId.COUNT / alive.size();
        int extra = SlotId.COUNT % alive.size();
        TreeMap<NodeId, Integer> quotas = new TreeMap<>();
        for (NodeId node : byLoad) {
            quotas.put(node, share + (extra-- > 0 ? 1 : 0));
        }
        return quotas;
    }

    private static SlotTable table(SlotTable current, Incarnation incarnation, NodeId[] leaders) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < SlotId.COUNT; i++) {
            Slot old = current.slots().isEmpty() ? null : current.slots().get(i);
            boolean stays = old != null && old.leader().equals(leaders[i]);
            LeaderEpoch epoch = old == null
                    ? LeaderEpoch.NONE.next()
                    : stays ? old.epoch() : old.epoch().next();
            slots.add(new Slot(new SlotId(i), epoch, List.of(leaders[i])));
        }
        return new SlotTable(new SlotTableEpoch(incarnation, current.epoch().number() + 1), slots);
    }
}
