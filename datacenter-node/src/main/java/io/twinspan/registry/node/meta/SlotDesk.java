package io.twinspan.registry.node.meta;

import static io.twinspan.registry.node.meta.OperatorAnswers.field;
import static io.twinspan.registry.node.meta.OperatorAnswers.required;
import static io.twinspan.registry.node.meta.OperatorAnswers.written;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.meta.SlotCommand.EvacuateNode;
import io.twinspan.registry.node.meta.SlotCommand.MoveSlot;
import io.twinspan.registry.node.meta.SlotCommand.PauseSlots;
import io.twinspan.registry.node.meta.SlotCommand.RemoveNode;
import io.twinspan.registry.slot.SlotId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What operators may ask of the slots and of the nodes that hold them. Carried out by the leading meta; others send it on. */
final class SlotDesk {
    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final SlotAssignment assignment;

    SlotDesk(DatacenterId datacenter, MetaReplica replica, MetaPorts ports, SlotAssignment assignment) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.assignment = assignment;
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        return Map.of(
                "/slots/pause", call -> change(new PauseSlots(true), "paused: nothing moves until it is resumed"),
                "/slots/resume", call -> change(new PauseSlots(false), "resumed"),
                "/slots/move", this::move,
                "/slots/release", call -> change(new MoveSlot(slot(call), null), "left to the balance"),
                "/slots/evacuate", call -> evacuate(call, true),
                "/slots/readmit", call -> evacuate(call, false),
                "/node/remove", this::remove);
    }

    /** Who holds what, and how the leaders say it is. */
    CompletionStage<OperatorAnswer> show() {
        return CompletableFuture.supplyAsync(
                () -> OperatorAnswers.answer(
                        OperatorAnswers.OK, new SlotView(replica.state(), assignment).of(datacenter)),
                ports.loop());
    }

    private CompletionStage<OperatorAnswer> move(OperatorCall call) {
        SlotId slot = slot(call);
        NodeId node = known(required(call, "node"));
        return change(new MoveSlot(slot, node), "slot " + slot + " goes to " + node + unlessPaused());
    }

    private CompletionStage<OperatorAnswer> evacuate(OperatorCall call, boolean leaves) {
        NodeId node = known(required(call, "node"));
        return change(
                new EvacuateNode(node, leaves),
                leaves
                        ? "node " + node + " gives up its slots" + unlessPaused()
                        : "node " + node + " may hold slots again");
    }

    private CompletionStage<OperatorAnswer> remove(OperatorCall call) {
        String name = required(call, "node");
        boolean isForced = field(call, "force").filter("true"::equals).isPresent();
        NodeId node = NodeNames.find(replica.state(), name).orElseGet(() -> new NodeId(name));
        return change(new RemoveNode(node, isForced), "node " + node + " is removed and may not join again");
    }

    private CompletionStage<OperatorAnswer> change(MetaCommand command, String done) {
        return ports.log()
                .propose(MetaCodec.encode(command))
                .thenApplyAsync(
                        refusal -> {
                            assignment.plan();
                            return written(refusal, done);
                        },
                        ports.loop());
    }

    private String unlessPaused() {
        return replica.state().wishes().isPaused() ? " as soon as the slots are resumed" : "";
    }

    private NodeId known(String name) {
        return NodeNames.find(replica.state(), name)
                .orElseThrow(() -> new IllegalArgumentException("there is no node " + name));
    }

    private static SlotId slot(OperatorCall call) {
        String number = required(call, "slot");
        try {
            return new SlotId(Integer.parseInt(number));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("slot '" + number + "' is no number", wrong);
        }
    }
}
