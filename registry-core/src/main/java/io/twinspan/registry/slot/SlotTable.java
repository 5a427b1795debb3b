package io.twinspan.registry.slot;

import io.twinspan.registry.datacenter.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * Who leads what, as meta has decided it. Immutable.
 *
 * @param slots sorted by id; either none at all, before the first data node joined, or every slot exactly once
 */
public record SlotTable(SlotTableEpoch epoch, List<Slot> slots) {
    /** Before anything was assigned. */
    public static final SlotTable EMPTY = new SlotTable(SlotTableEpoch.NONE, List.of());

    /** Copies the slots and refuses a table with gaps. */
    public SlotTable {
        slots = List.copyOf(slots);
        if (!slots.isEmpty() && slots.size() != SlotId.COUNT) {
            throw new IllegalArgumentException(
                    "a slot table has all " + SlotId.COUNT + " slots or none, not " + slots.size());
        }
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).id().number() != i) {
                throw new IllegalArgumentException(
                        "slot " + slots.get(i).id() + " stands at place " + i + " of the table");
            }
        }
    }

    /** The assignment of a slot; empty before the first data node joined. */
    public Optional<Slot> find(SlotId id) {
        return slots.isEmpty() ? Optional.empty() : Optional.of(slots.get(id.number()));
    }

    /** The slots a node leads, by number. */
    public List<Slot> ledBy(NodeId node) {
        return slots.stream().filter(slot -> slot.leader().equals(node)).toList();
    }

    /** The slots a node follows, by number. */
    public List<Slot> followedBy(NodeId node) {
        return slots.stream().filter(slot -> slot.rankOf(node) > 0).toList();
    }
}
