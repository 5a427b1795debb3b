package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * Session to slot leader: all my registrations of this slot. The leader takes in what it lacks and removes what it holds of this
 * session life and is not named here.
 */
public record SyncPublishers(SessionIncarnation session, SlotId slot, List<Entry> entries)
        implements Request<ChangesApplied> {
    /** One registration. */
    public record Entry(DataInfoId service, Publisher publisher) {}

    /** Copies the entries. */
    public SyncPublishers {
        entries = List.copyOf(entries);
    }
}
