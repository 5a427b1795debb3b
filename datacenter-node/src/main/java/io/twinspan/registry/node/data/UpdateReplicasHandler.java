package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The follower's side of replication. An update under an epoch that is not the latest known is refused, with that epoch. */
final class UpdateReplicasHandler {
    private final DataState state;
    private final SnapshotStore store;

    UpdateReplicasHandler(DataState state, SnapshotStore store) {
        this.state = state;
        this.store = store;
    }

    ReplicasUpdated handle(UpdateReplicas request, Caller caller) {
        if (!caller.datacenter().equals(state.own())) {
            throw new IllegalArgumentException("replicas are updated from their own datacenter, not from " + caller);
        }
        state.slots().followed().onWordOf(caller.node());
        if (request.isAll() || !request.updates().isEmpty()) {
            state.slots().followed().onBrought(caller.node());
        }
        if (request.isAll()) {
            state.slots().followed().onAllOf(caller.node());
        }
        List<ReplicaAnswer> answers = new ArrayList<>(request.updates().size());
        Map<SlotId, DatumVersion> ceilings = new HashMap<>();
        for (ReplicaUpdate update : request.updates()) {
            answers.add(update(update, request.table(), caller, ceilings));
        }
        if (!ceilings.isEmpty()) {
            // The store reports by itself when it cannot write.
            store.saveCeilings(ceilings);
        }
        return new ReplicasUpdated(answers);
    }

    private ReplicaAnswer update(
            ReplicaUpdate update, SlotTableEpoch table, Caller caller, Map<SlotId, DatumVersion> ceilings) {
        SlotId id = update.head().slot();
        Leadership asked = new Leadership(table.incarnation(), update.head().epoch());
        Leadership known = state.slots().known(id);
        boolean isLedHere = state.slots()
                .find(id)
                .filter(led -> !asked.isAfter(led.leadership()))
                .isPresent();
        if (known.isAfter(asked) || isLedHere) {
            return refusal(ReplicaAnswer.Status.REFUSED, known);
        }
        if (!isReplica(id, table, caller)) {
            return refusal(ReplicaAnswer.Status.NO_REPLICA, known);
        }
        state.slots().hear(id, asked);
        state.slots().followed().onLeader(id, caller.node());
        FollowedSlot slot = state.slots().followed().get(id);
        DatumVersion before = slot.ceiling();
        ReplicaAnswer answer = slot.update(update, asked);
        if (!slot.ceiling().equals(before)) {
            ceilings.put(id, slot.ceiling());
        }
        return answer;
    }

    /** The asker may have heard of a newer table than we. */
    private boolean isReplica(SlotId id, SlotTableEpoch table, Caller caller) {
        SlotTable ours = state.slots().table();
        return table.isAfter(ours.epoch())
                || ours.find(id)
                        .filter(slot -> slot.rankOf(state.self()) >= 0 && slot.rankOf(caller.node()) >= 0)
                        .isPresent();
    }

    private static ReplicaAnswer refusal(ReplicaAnswer.Status status, Leadership known) {
        return new ReplicaAnswer(status, known, 0, DatumVersion.NONE, ReplicaHolding.NONE);
    }
}
