package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;

/** Session to slot leader: nobody here subscribes to these any more. */
public record DropInterest(SessionIncarnation session, List<DataInfoId> services) implements Request<Done> {
    /** Copies the names. */
    public DropInterest {
        services = List.copyOf(services);
    }

    @Override
    public int lane() {
        return Lanes.INTEREST;
    }
}
