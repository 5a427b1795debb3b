package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotPlanner;
import io.twinspan.registry.slot.SlotTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the meta group has agreed on. Immutable; {@link #apply} is the only way to another state and is pure, so every member
 * of the group comes to the same. Both revisions start at the creation time of the group, so those of a group rebuilt on empty disks
 * are above what others remember of the one before.
 *
 * @param incarnation {@link Incarnation#NONE} until the first leader has created one
 * @param provided removed values included, with null data, so that whoever was away hears of the removal
 */
record MetaState(
        Incarnation incarnation,
        SlotTable table,
        long membersRevision,
        Map<MemberKey, Member> members,
        long providedRevision,
        Map<DataInfoId, ProvidedValue> provided) {
    static final MetaState EMPTY = new MetaState(Incarnation.NONE, SlotTable.EMPTY, 0, Map.of(), 0, Map.of());

    MetaState {
        members = Map.copyOf(members);
        provided = Map.copyOf(provided);
    }

    /** The state after a command; this one when the command is refused or changes nothing. */
    MetaState apply(MetaCommand command) {
        return command.refusal(this).isEmpty() ? command.applyTo(this) : this;
    }

    boolean isCreated() {
        return !incarnation.equals(Incarnation.NONE);
    }

    MetaState created(Incarnation life) {
        return new MetaState(life, table, life.createdMillis(), members, life.createdMillis(), provided);
    }

    /** Other members, and the table planned anew over the data nodes among them. */
    MetaState withMembers(Map<MemberKey, Member> next) {
        List<NodeId> dataNodes = next.keySet().stream()
                .filter(key -> key.role() == NodeRole.DATA)
                .map(MemberKey::node)
                .toList();
        SlotTable planned = SlotPlanner.plan(table, incarnation, dataNodes);
        return new MetaState(incarnation, planned, membersRevision + 1, next, providedRevision, provided);
    }

    MetaState withProvided(ProvidedValue value) {
        Map<DataInfoId, ProvidedValue> next = new HashMap<>(provided);
        next.put(value.id(), value);
        return new MetaState(incarnation, table, membersRevision, members, value.revision(), next);
    }

    ClusterState cluster(DatacenterId datacenter) {
        return new ClusterState(datacenter, table, membersRevision, sortedMembers());
    }

    ProvidedChanges providedSince(long revision) {
        return new ProvidedChanges(
                providedRevision,
                provided.values().stream()
                        .filter(value -> value.revision() > revision)
                        .sorted((a, b) -> Long.compare(a.revision(), b.revision()))
                        .toList());
    }

    List<Member> sortedMembers() {
        return members.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
