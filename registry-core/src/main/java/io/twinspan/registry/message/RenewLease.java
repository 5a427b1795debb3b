package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Member;
import java.util.List;

/**
 * Session or data node to meta: this role of this node lives. The first one makes it a member.
 *
 * @param slots how the slots are that it leads; none for a session
 */
public record RenewLease(Member member, List<SlotReport> slots) implements Request<LeaseGrant> {
    /** Copies the reports. */
    public RenewLease {
        slots = List.copyOf(slots);
    }
}
