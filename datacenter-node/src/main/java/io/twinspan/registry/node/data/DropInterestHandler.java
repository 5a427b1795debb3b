package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.runtime.Caller;

/** Ends a session's interest in services nobody subscribes to there any more. */
final class DropInterestHandler {
    private final DataState state;

    DropInterestHandler(DataState state) {
        this.state = state;
    }

    Done handle(DropInterest request, Caller caller) {
        for (DataInfoId service : request.services()) {
            state.slots().find(service).ifPresent(slot -> {
                slot.interest().drop(request.session(), service);
                slot.foreign().onInterest(service, state.nanos());
            });
        }
        return Done.DONE;
    }
}
