package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
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
import org.jspecify.annotations.Nullable;

/**
 * Everything the meta group has agreed on. Immutable; {@link #apply} is the only way to another state and is pure, so every member
 * of the group comes to the same. Both revisions start at the creation time of the group, so those of a group rebuilt on empty disks
 * are above what others remember of the one before.
 *
 * @param incarnation {@link Incarnation#NONE} until the first leader has created one
 * @param ledger provided configuration
 * @param policies what operators have decided about peers; its version too starts above the creation time of the group
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
        return new MetaState(
                life, table, from, members, ledger.from(from), policies, push, move, wishes, removed, book, isMandated);
    }

    /** Other members. The first data node leads everything at once; all later tables are planned and installed by the leader. */
    MetaState withMembers(Map<MemberKey, Member> next) {
        SlotTable first = next.keySet().stream()
                .filter(key -> key.role() == NodeRole.DATA && table.slots().isEmpty())
                .map(MemberKey::node)
                .min(NodeId::compareTo)
                .map(node -> SlotPlanner.first(incarnation, node))
                .orElse(table);
        return new MetaState(
                incarnation,
                first,
                membersRevision + 1,
                next,
                ledger,
                policies,
                push,
                move,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withTable(SlotTable next) {
        return new MetaState(
                incarnation,
                next,
                membersRevision,
                members,
                ledger,
                policies,
                push,
                move,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withProvided(DataInfoId id, ProvidedEdit edit) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger.with(id, edit),
                policies,
                push,
                move,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withPolicies(PolicyTable next) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger,
                next,
                push,
                move,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withPush(PushSwitch next) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger,
                policies,
                next,
                move,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withMove(MoveOrder next) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger,
                policies,
                push,
                next,
                wishes,
                removed,
                book,
                isMandated);
    }

    MetaState withWishes(SlotWishes next) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger,
                policies,
                push,
                move,
                next,
                removed,
                book,
                isMandated);
    }

    MetaState withBook(DutyBook next) {
        return new MetaState(
                incarnation,
                table,
                membersRevision,
                members,
                ledger,
                policies,
                push,
                move,
                wishes,
                removed,
                next,
                isMandated);
    }

    /** Without a node, for good. */
    MetaState without(NodeId node) {
        Map<MemberKey, Member> left = new HashMap<>(members);
        left.keySet().removeIf(key -> key.node().equals(node));
        Set<NodeId> gone = new HashSet<>(removed);
        gone.add(node);
        MetaState next = withMembers(left).withWishes(wishes.forgetting(node));
        return new MetaState(
                incarnation,
                next.table,
                next.membersRevision,
                left,
                ledger,
                policies,
                push,
                move,
                next.wishes,
                gone,
                book,
                isMandated);
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

    ProvidedChanges providedSince(long revision) {
        return ledger.since(revision);
    }

    List<Member> sortedMembers() {
        return members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
