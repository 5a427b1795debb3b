package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredRebuild;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;

/**
 * The first command of a group that an operator has rebuilt: another life with what one member knew last. That member may have been
 * behind, so terms, epochs and revisions begin far above everything the lost majority can have given out.
 *
 * @param before what the member knew
 */
record RebuildGroup(Incarnation incarnation, MetaState before) implements MetaCommand {
    /** More changes than a group makes while one of its members is cut off and not yet given up. */
    private static final long AHEAD = 1_000;

    @Override
    public String refusal(MetaState state) {
        return state.incarnation().equals(incarnation) ? "the group is rebuilt already" : "";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        long from = incarnation.createdMillis();
        return new MetaState(
                incarnation,
                table(),
                Math.max(before.membersRevision() + AHEAD, from),
                before.members(),
                before.ledger().from(Math.max(before.providedRevision() + AHEAD, from)),
                policies(from),
                clientsOff(from),
                push(from),
                before.move(),
                before.wishes(),
                before.removed(),
                before.book(),
                true);
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder()
                .setRebuildGroup(StoredRebuild.newBuilder()
                        .setIncarnation(MetaCodec.toStored(incarnation))
                        .setBefore(MetaCodec.toStored(before)))
                .build();
    }

    private PolicyTable policies(long from) {
        PolicyTable old = before.policies();
        return old.version() == 0 ? old : new PolicyTable(Math.max(old.version() + AHEAD, from), old.rules());
    }

    private ClientsOff clientsOff(long from) {
        ClientsOff old = before.clientsOff();
        return old.version() == 0 ? old : new ClientsOff(Math.max(old.version() + AHEAD, from), old.clients());
    }

    private PushSwitch push(long from) {
        PushSwitch old = before.push();
        return old.version() == 0 ? old : new PushSwitch(Math.max(old.version() + AHEAD, from), old.tokens());
    }

    private SlotTable table() {
        SlotTable old = before.table();
        if (old.slots().isEmpty()) {
            return old;
        }
        List<Slot> slots = old.slots().stream()
                .map(slot -> new Slot(
                        slot.id(), new LeaderEpoch((slot.epoch().term() + AHEAD) * LeaderEpoch.RANKS), slot.replicas()))
                .toList();
        return new SlotTable(new SlotTableEpoch(incarnation, old.epoch().number() + AHEAD), slots);
    }
}
