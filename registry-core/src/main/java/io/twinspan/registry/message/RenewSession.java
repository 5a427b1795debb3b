package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;

/**
 * Session to a data node: I live, and this is the sum of what I believe you hold of mine.
 *
 * @param notices where changes are to be announced to
 * @param slots one for each slot that the session believes this node leads
 */
public record RenewSession(SessionIncarnation session, Endpoint notices, List<SessionSlotDigest> slots)
        implements Request<SessionDifferences> {
    /** Copies the digests. */
    public RenewSession {
        slots = List.copyOf(slots);
    }

    @Override
    public int lane() {
        return Lanes.LIFE;
    }
}
