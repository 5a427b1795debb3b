package io.twinspan.registry.message;

import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/** Session to slot leader: all that is subscribed to here in this slot. */
public record SyncInterest(SessionIncarnation session, SlotId slot, List<Interest> interests) implements Request<Done> {
    /** Copies the interests. */
    public SyncInterest {
        interests = List.copyOf(interests);
    }

    @Override
    public int lane() {
        return Lanes.INTEREST;
    }
}
