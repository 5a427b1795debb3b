package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.plan.SlotPlanner;
import io.twinspan.registry.slot.plan.SlotWishes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything the meta group has agreed on. Immutable; {@link #apply} is the only way to another state and is pure, so every member
 * of the group comes to the same. Both revisions start at the creation time of the group, so those of a group rebuilt on empty disks
 * are above what others remember of the one before.
 *
 * @param incarnation {@link Incarnation#NONE} until the first leader has created one
 * @param ledger provided configuration
 * @param policies what operators have decided about peers; its version too starts above the creation time of the group
 * @param clientsOff the clients that operators have taken out; its version starts above the creation time as well
 * @param push the push switch; its version starts above the creation time too
 * @param move the move between datacenters that holds; null while none was ever ordered
 * @param wishes what operators have asked of the slots
 * @param removed nodes that were removed for good and may not come back
 * @param book duty, and the failovers of which this datacenter is or was the target
 * @param isMandated true when an operator has said that this group takes the place of the one that nodes remember
 */
record MetaState(
        Incarnation incarnation,
        SlotTable table,
        long membersRevision,
        Map<MemberKey, Member> members,
        ProvidedLedger ledger,
        PolicyTable policies,
        ClientsOff clientsOff,
        PushSwitch push,
        @Nullable MoveOrder move,
        SlotWishes wishes,
        Set<NodeId> removed,
        DutyBook book,
        boolean isMandated) {
    static final MetaState EMPTY = new MetaState(
            Incarnation.NONE,
            SlotTable.EMPTY,
            0,
            Map.of(),
            ProvidedLedger.EMPTY,
            PolicyTable.EMPTY,
            ClientsOff.NONE,
            PushSwitch.OPEN,
            null,
            SlotWishes.NONE,
            Set.of(),
            DutyBook.EMPTY,
            false);

    MetaState {
        members = Map.copyOf(members);
        removed = Set.copyOf(removed);
    }

    /** The state after a command; this one when the command is refused or changes nothing. */
    MetaState apply(MetaCommand command) {
        return command.refusal(this).isEmpty() ? command.applyTo(this) : this;
    }

    boolean isCreated() {
        return !incarnation.equals(Incarnation.NONE);
    }

    MetaState created(Incarnation life) {
        long from = life.createdMillis();
        return with(next -> {
            next.incarnation = life;
            next.membersRevision = from;
            next.ledger = ledger.from(from);
        });
    }

    /** Other members. The first data node leads everything at once; all later tables are planned and installed by the leader. */
    MetaState withMembers(Map<MemberKey, Member> members) {
        SlotTable first = members.keySet().stream()
                .filter(key -> key.role() == NodeRole.DATA && table.slots().isEmpty())
                .map(MemberKey::node)
                .min(NodeId::compareTo)
                .map(node -> SlotPlanner.first(incarnation, node))
                .orElse(table);
        return with(next -> {
            next.table = first;
            next.membersRevision = membersRevision + 1;
            next.members = members;
        });
    }

    MetaState withTable(SlotTable value) {
        return with(next -> next.table = value);
    }

    MetaState withProvided(DataInfoId id, ProvidedEdit edit) {
        return with(next -> next.ledger = ledger.with(id, edit));
    }

    MetaState withPolicies(PolicyTable value) {
        return with(next -> next.policies = value);
    }

    MetaState withClientsOff(ClientsOff value) {
        return with(next -> next.clientsOff = value);
    }

    MetaState withPush(PushSwitch value) {
        return with(next -> next.push = value);
    }

    MetaState withMove(MoveOrder value) {
        return with(next -> next.move = value);
    }

    MetaState withWishes(SlotWishes value) {
        return with(next -> next.wishes = value);
    }

    MetaState withBook(DutyBook value) {
        return with(next -> next.book = value);
    }

    /** Without a node, for good. */
    MetaState without(NodeId node) {
        Map<MemberKey, Member> left = new HashMap<>(members);
        left.keySet().removeIf(key -> key.node().equals(node));
        Set<NodeId> gone = new HashSet<>(removed);
        gone.add(node);
        return withMembers(left).with(next -> {
            next.wishes = wishes.forgetting(node);
            next.removed = gone;
        });
    }

    /** The data nodes among the members. */
    List<NodeId> dataNodes() {
        return members.keySet().stream()
                .filter(key -> key.role() == NodeRole.DATA)
                .map(MemberKey::node)
                .sorted()
                .toList();
    }

    ClusterState cluster(DatacenterId datacenter) {
        return new ClusterState(datacenter, table, membersRevision, sortedMembers());
    }

    /** Rises with each change of provided configuration. */
    long providedRevision() {
        return ledger.revision();
    }

    /** Provided values, removed ones included. */
    Map<DataInfoId, ProvidedValue> provided() {
        return ledger.values();
    }

    ProvidedChanges provided(FetchProvided asked) {
        return ledger.since(asked);
    }

    List<Member> sortedMembers() {
        return members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private MetaState with(Consumer<Next> change) {
        Next next = new Next(this);
        change.accept(next);
        return next.state();
    }

    /** The fields of a state while some of them are changed for the next one. */
    private static final class Next {
        private Incarnation incarnation;
        private SlotTable table;
        private long membersRevision;
        private Map<MemberKey, Member> members;
        private ProvidedLedger ledger;
        private PolicyTable policies;
        private ClientsOff clientsOff;
        private PushSwitch push;
        private @Nullable MoveOrder move;
        private SlotWishes wishes;
        private Set<NodeId> removed;
        private DutyBook book;
        private final boolean isMandated;

        Next(MetaState from) {
            this.incarnation = from.incarnation;
            this.table = from.table;
            this.membersRevision = from.membersRevision;
            this.members = from.members;
            this.ledger = from.ledger;
            this.policies = from.policies;
            this.clientsOff = from.clientsOff;
            this.push = from.push;
            this.move = from.move;
            this.wishes = from.wishes;
            this.removed = from.removed;
            this.book = from.book;
            this.isMandated = from.isMandated;
        }

        MetaState state() {
            return new MetaState(
                    incarnation,
                    table,
                    membersRevision,
                    members,
                    ledger,
                    policies,
                    clientsOff,
                    push,
                    move,
                    wishes,
                    removed,
                    book,
                    isMandated);
        }
    }
}
