package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredEvacuation;
import io.twinspan.registry.node.meta.proto.StoredInstallation;
import io.twinspan.registry.node.meta.proto.StoredMove;
import io.twinspan.registry.node.meta.proto.StoredRemovedNode;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of who holds the slots, or of what operators ask about it. */
sealed interface SlotCommand extends MetaCommand {
    /**
     * The leading meta has planned another table.
     *
     * @param basis of the table it was planned from; the command is refused when another is in force by now
     */
    record InstallTable(SlotTableEpoch basis, SlotTable table) implements SlotCommand {
        @Override
        public String refusal(MetaState state) {
            SlotTableEpoch now = state.table().epoch();
            return now.equals(basis) ? "" : "the slot table has epoch " + now.number() + " by now";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.withTable(table);
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setInstallTable(StoredInstallation.newBuilder()
                            .setBasis(SlotForms.stored(basis))
                            .setTable(SlotForms.stored(table)))
                    .build();
        }
    }

    /** No content moves any more, or again. */
    record PauseSlots(boolean isPaused) implements SlotCommand {
        @Override
        public String refusal(MetaState state) {
            return "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.wishes().isPaused() == isPaused
                    ? state
                    : state.withWishes(state.wishes().paused(isPaused));
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder().setPauseSlots(isPaused).build();
        }
    }

    /**
     * One node shall lead a slot, whatever the balance.
     *
     * @param node null to leave the slot to the balance again
     */
    record MoveSlot(SlotId slot, @Nullable NodeId node) implements SlotCommand {
        @Override
        public String refusal(MetaState state) {
            if (node == null) {
                return "";
            }
            if (!state.dataNodes().contains(node)) {
                return "node " + node + " is no data node of this datacenter; there are " + state.dataNodes();
            }
            return state.wishes().evacuating().contains(node) ? "node " + node + " is being evacuated" : "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.withWishes(
                    node == null
                            ? state.wishes().releasing(slot)
                            : state.wishes().moving(slot, node));
        }

        @Override
        public StoredCommand stored() {
            StoredMove.Builder move = StoredMove.newBuilder().setSlot(slot.number());
            if (node != null) {
                move.setNode(node.value());
            }
            return StoredCommand.newBuilder().setMoveSlot(move).build();
        }
    }

    /** A data node shall give up everything it holds, or no longer. */
    record EvacuateNode(NodeId node, boolean isEvacuating) implements SlotCommand {
        @Override
        public String refusal(MetaState state) {
            if (!isEvacuating) {
                return state.wishes().evacuating().contains(node) ? "" : "node " + node + " is not being evacuated";
            }
            List<NodeId> nodes = state.dataNodes();
            if (!nodes.contains(node)) {
                return "node " + node + " is no data node of this datacenter; there are " + nodes;
            }
            boolean isLast = nodes.stream()
                    .allMatch(each ->
                            each.equals(node) || state.wishes().evacuating().contains(each));
            return isLast ? "node " + node + " is the last that could hold the slots" : "";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.withWishes(state.wishes().evacuating(node, isEvacuating));
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setEvacuateNode(
                            StoredEvacuation.newBuilder().setNode(node.value()).setIsEvacuating(isEvacuating))
                    .build();
        }
    }

    /**
     * A node leaves in all its roles and may never join again.
     *
     * @param isForced also when it alone holds slots, whose content then comes back from the sessions only
     */
    record RemoveNode(NodeId node, boolean isForced) implements SlotCommand {
        @Override
        public String refusal(MetaState state) {
            if (state.removed().contains(node)) {
                return "node " + node + " is removed already";
            }
            boolean isKnown =
                    state.members().keySet().stream().anyMatch(key -> key.node().equals(node));
            List<SlotId> alone = state.table().ledBy(node).stream()
                    .filter(slot -> slot.followers().isEmpty())
                    .map(Slot::id)
                    .toList();
            if (!alone.isEmpty() && !isForced) {
                return "node " + node + " alone holds " + alone.size()
                        + " slots; evacuate it first, or force it and let the sessions register again";
            }
            return isKnown || !alone.isEmpty() || isForced
                    ? ""
                    : "there is no node " + node + "; force it to block an identity that is not a member now";
        }

        @Override
        public MetaState applyTo(MetaState state) {
            return state.without(node);
        }

        @Override
        public StoredCommand stored() {
            return StoredCommand.newBuilder()
                    .setRemoveNode(
                            StoredRemovedNode.newBuilder().setNode(node.value()).setIsForced(isForced))
                    .build();
        }
    }
}
