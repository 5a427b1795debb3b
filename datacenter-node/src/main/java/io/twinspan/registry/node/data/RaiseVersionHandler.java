package io.twinspan.registry.node.data;

import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.runtime.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lifts a datum above a version that somebody else has seen. */
final class RaiseVersionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RaiseVersionHandler.class);

    private final DataState state;

    RaiseVersionHandler(DataState state) {
        this.state = state;
    }

    Done handle(RaiseVersion request, Caller caller) {
        state.slots().find(request.service()).ifPresent(slot -> {
            if (!slot.raise(request, state.nanos())) {
                LOG.warn("version too far in the future, refused: from={} floor={}", caller, request.floor());
            }
        });
        return Done.DONE;
    }
}
