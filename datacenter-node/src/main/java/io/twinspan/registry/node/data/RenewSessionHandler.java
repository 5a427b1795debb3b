package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.SlotId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Renews a session's lease and compares sums: repair starts here, and is not the main path. */
final class RenewSessionHandler {
    private final DataState state;

    RenewSessionHandler(DataState state) {
        this.state = state;
    }

    SessionDifferences handle(RenewSession request, Caller caller) {
        SessionIncarnation session = request.session();
        state.sessions().onWord(session);
        state.sessions().reachAt(session, request.notices());
        List<SlotId> publishers = new ArrayList<>();
        List<SlotId> interest = new ArrayList<>();
        List<SlotId> notLed = new ArrayList<>();
        BitSet named = new BitSet(SlotId.COUNT);
        for (SessionSlotDigest claimed : request.slots()) {
            named.set(claimed.slot().number());
            Optional<LedSlot> slot = state.slots().find(claimed.slot());
            if (slot.isEmpty()) {
                notLed.add(claimed.slot());
                continue;
            }
            compare(slot.get(), session, claimed, publishers, interest);
            if (slot.get().sums().isSame(session, claimed)) {
                slot.get().warming().onReconciled(session);
            }
        }
        // What the session does not name it believes to be empty, or led by somebody else; both are worth repairing.
        for (LedSlot slot : state.slots().all()) {
            if (!named.get(slot.id().number())) {
                compare(slot, session, new SessionSlotDigest(slot.id(), 0, 0, 0), publishers, interest);
            }
        }
        return new SessionDifferences(publishers, interest, notLed);
    }

    private void compare(
            LedSlot slot,
            SessionIncarnation session,
            SessionSlotDigest claimed,
            List<SlotId> publishers,
            List<SlotId> interest) {
        boolean isAwaited = slot.warming().isAwaiting(session) && !slot.sums().isSame(session, claimed);
        if (slot.sums().isToBeRepaired(session, claimed, state.nanos()) || isAwaited) {
            publishers.add(slot.id());
        }
        if (slot.interest().hashOf(session) != claimed.interestHash()) {
            interest.add(slot.id());
        }
    }
}
