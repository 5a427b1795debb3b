package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.node.meta.SlotCommand.MoveSlot;
import io.twinspan.registry.node.meta.proto.StoredEpoch;
import io.twinspan.registry.node.meta.proto.StoredMove;
import io.twinspan.registry.node.meta.proto.StoredSlot;
import io.twinspan.registry.node.meta.proto.StoredTable;
import io.twinspan.registry.node.meta.proto.StoredWishes;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import io.twinspan.registry.slot.plan.SlotWishes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Slot tables and what operators ask of them, as they stand in the log and in snapshots. */
final class SlotForms {
    private SlotForms() {}

    static StoredEpoch stored(SlotTableEpoch epoch) {
        return StoredEpoch.newBuilder()
                .setIncarnation(MetaCodec.toStored(epoch.incarnation()))
                .setNumber(epoch.number())
                .build();
    }

    static SlotTableEpoch epoch(StoredEpoch stored) {
        return new SlotTableEpoch(MetaCodec.fromStored(stored.getIncarnation()), stored.getNumber());
    }

    static StoredTable stored(SlotTable table) {
        return StoredTable.newBuilder()
                .setEpoch(stored(table.epoch()))
                .addAllSlots(slots(table))
                .build();
    }

    static SlotTable table(StoredTable stored) {
        return new SlotTable(epoch(stored.getEpoch()), slots(stored.getSlotsList()));
    }

    static List<StoredSlot> slots(SlotTable table) {
        return table.slots().stream()
                .map(slot -> StoredSlot.newBuilder()
                        .setLeader(slot.leader().value())
                        .setEpoch(slot.epoch().value())
                        .addAllFollowers(
                                slot.followers().stream().map(NodeId::value).toList())
                        .build())
                .toList();
    }

    static List<Slot> slots(List<StoredSlot> stored) {
        List<Slot> slots = new ArrayList<>();
        for (StoredSlot slot : stored) {
            List<NodeId> replicas = new ArrayList<>();
            replicas.add(new NodeId(slot.getLeader()));
            slot.getFollowersList().forEach(follower -> replicas.add(new NodeId(follower)));
            slots.add(new Slot(new SlotId(slots.size()), new LeaderEpoch(slot.getEpoch()), replicas));
        }
        return slots;
    }

    static StoredWishes wishes(SlotWishes wishes) {
        StoredWishes.Builder stored = StoredWishes.newBuilder().setIsPaused(wishes.isPaused());
        wishes.evacuating().stream().map(NodeId::value).sorted().forEach(stored::addEvacuating);
        wishes.moved().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(move -> stored.addMoved(StoredMove.newBuilder()
                        .setSlot(move.getKey().number())
                        .setNode(move.getValue().value())));
        return stored.build();
    }

    static SlotWishes wishes(StoredWishes stored) {
        Map<SlotId, NodeId> moved = new HashMap<>();
        stored.getMovedList().forEach(move -> moved.put(new SlotId(move.getSlot()), new NodeId(move.getNode())));
        return new SlotWishes(
                stored.getIsPaused(),
                stored.getEvacuatingList().stream().map(NodeId::new).collect(Collectors.toSet()),
                moved);
    }

    static MoveSlot move(StoredMove stored) {
        return new MoveSlot(new SlotId(stored.getSlot()), stored.hasNode() ? new NodeId(stored.getNode()) : null);
    }
}
