package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An operator gives a new group what an earlier one knew. The incarnation stays that of the new group. Slots go back to those who
 * led them, under epochs above both; members of the backup are members again and leave with their leases if they are gone; whoever
 * has joined the new group already stays as it joined.
 */
record RestoreState(MetaState backup) implements MetaCommand {
    @Override
    public String refusal(MetaState state) {
        if (!state.isCreated()) {
            return "the group has no incarnation yet";
        }
        if (!state.ledger().isOnlyForeign()) {
            return "the group holds " + state.provided().size()
                    + " provided values; a backup is restored into a new group only";
        }
        return state.incarnation().equals(backup.incarnation()) ? "the backup is of this very group" : "";
    }

    @Override
    public MetaState applyTo(MetaState state) {
        Map<MemberKey, Member> members = new HashMap<>(backup.members());
        members.putAll(state.members());
        Set<NodeId> removed = new HashSet<>(backup.removed());
        removed.addAll(state.removed());
        members.keySet().removeIf(key -> removed.contains(key.node()));
        MetaState restored = new MetaState(
                state.incarnation(),
                table(state),
                state.membersRevision(),
                state.members(),
                state.ledger().withRestored(backup.ledger()),
                policies(state),
                clientsOff(state),
                push(state),
                state.move() == null ? backup.move() : state.move(),
                backup.wishes(),
                removed,
                state.book().restored(backup.book()),
                true);
        return restored.withMembers(members);
    }

    @Override
    public StoredCommand stored() {
        return StoredCommand.newBuilder()
                .setRestoreState(MetaCodec.toStored(backup))
                .build();
    }

    /** Above what nodes remember, so that they take them; those that were set in the new group already stay. */
    private PolicyTable policies(MetaState state) {
        PolicyTable old = backup.policies();
        return old.version() == 0 || state.policies().version() > 0
                ? state.policies()
                : new PolicyTable(
                        Math.max(old.version() + 1, state.incarnation().createdMillis()), old.rules());
    }

    /** As with policies. */
    private ClientsOff clientsOff(MetaState state) {
        ClientsOff old = backup.clientsOff();
        return old.version() == 0 || state.clientsOff().version() > 0
                ? state.clientsOff()
                : new ClientsOff(Math.max(old.version() + 1, state.incarnation().createdMillis()), old.clients());
    }

    /** As with policies: what the backup says is taken, unless somebody has closed or opened in the new group already. */
    private PushSwitch push(MetaState state) {
        PushSwitch old = backup.push();
        return old.version() == 0 || state.push().version() > 0
                ? state.push()
                : new PushSwitch(Math.max(old.version() + 1, state.incarnation().createdMillis()), old.tokens());
    }

    private SlotTable table(MetaState state) {
        if (backup.table().slots().isEmpty()) {
            return state.table();
        }
        List<Slot> slots = new ArrayList<>();
        for (Slot slot : backup.table().slots()) {
            LeaderEpoch now = state.table().find(slot.id()).map(Slot::epoch).orElse(LeaderEpoch.NONE);
            LeaderEpoch higher = now.value() > slot.epoch().value() ? now : slot.epoch();
            slots.add(new Slot(slot.id(), higher.next(), slot.replicas()));
        }
        return new SlotTable(
                new SlotTableEpoch(state.incarnation(), state.table().epoch().number() + 1), slots);
    }
}
