package io.twinspan.registry.slot.plan;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns slots to data nodes, one step at a time: each plan contains what may happen now, and the reports about it make the next
 * one possible. Pure: same inputs, same table. In this order: a lost leader is replaced ({@link LostLeaders}), missing followers are
 * named ({@link MissingFollowers}), and leaders and followers are spread evenly with the fewest moves ({@link Balance}).
 */
public final class SlotPlanner {
    private SlotPlanner() {}

    /**
     * Plans the next table.
     *
     * @param current the table in force
     * @param incarnation of the group that plans
     * @return {@code current} itself when nothing has to change, else a table with the next epoch
     */
    public static SlotTable plan(SlotTable current, Incarnation incarnation, PlanInput input) {
        Draft draft = new Draft(current, input);
        if (draft.isHopeless()) {
            return current;
        }
        LostLeaders.replace(draft);
        if (input.limits().replicas() == 1) {
            SoleLeaders.spread(draft);
        } else if (!input.wishes().isPaused()) {
            MissingFollowers.add(draft);
            new Balance(draft).improve();
        }
        return draft.table(incarnation);
    }

    /** The table of a datacenter whose first data node this is: it leads everything. */
    public static SlotTable first(Incarnation incarnation, NodeId node) {
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; i < SlotId.COUNT; i++) {
            slots.add(new Slot(new SlotId(i), LeaderEpoch.NONE.next(), List.of(node)));
        }
        return new SlotTable(new SlotTableEpoch(incarnation, 1), slots);
    }
}
