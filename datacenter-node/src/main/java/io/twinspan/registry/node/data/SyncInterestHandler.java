package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.runtime.Caller;
import java.util.HashSet;
import java.util.Set;

/** Takes a session's list of one slot for all that it wants to be told of there. */
final class SyncInterestHandler {
    private final DataState state;

    SyncInterestHandler(DataState state) {
        this.state = state;
    }

    Done handle(SyncInterest request, Caller caller) {
        state.sessions().onWord(request.session());
        state.slots().find(request.slot()).ifPresent(slot -> {
            Set<DataInfoId> concerned = new HashSet<>(slot.interest().servicesOf(request.session()));
            slot.interest().replace(request.session(), request.interests());
            request.interests().forEach(each -> concerned.add(each.service()));
            concerned.forEach(service -> slot.foreign().onInterest(service, state.nanos()));
        });
        return Done.DONE;
    }
}
