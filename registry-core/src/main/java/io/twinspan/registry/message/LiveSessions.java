package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Member;
import java.util.List;

/**
 * The sessions of a datacenter that have renewed within the last second, as far as meta can tell.
 *
 * @param mark differs whenever the sessions do; never 0
 */
public record LiveSessions(DatacenterId datacenter, long mark, List<Member> sessions) {
    /** Copies the sessions. */
    public LiveSessions {
        sessions = List.copyOf(sessions);
    }
}
