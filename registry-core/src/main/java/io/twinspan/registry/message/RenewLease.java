package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.MoveProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Session or data node to meta: this role of this node lives. The first one makes it a member.
 *
 * @param slots how the slots are that it leads; none for a session
 * @param isFitToLead false while its clock is so wrong that it takes on no slot
 * @param pushVersion of the push switch that this session obeys: no push starts that it does not let out; 0 for other roles
 * @param progress of the move that is ordered; null while this role knows of none
 * @param federation what this node remembers of duty and has not heard from meta, so that metas that lost their disks learn it again;
 *     null when there is nothing
 */
public record RenewLease(
        Member member,
        List<SlotReport> slots,
        boolean isFitToLead,
        long pushVersion,
        @Nullable MoveProgress progress,
        @Nullable FederationState federation)
        implements Request<LeaseGrant> {
    /** Copies the reports. */
    public RenewLease {
        slots = List.copyOf(slots);
    }

    /** Of a node that remembers nothing of duty that meta has not said. */
    public RenewLease(
            Member member,
            List<SlotReport> slots,
            boolean isFitToLead,
            long pushVersion,
            @Nullable MoveProgress progress) {
        this(member, slots, isFitToLead, pushVersion, progress, null);
    }

    /** Of a role that knows of no move. */
    public RenewLease(Member member, List<SlotReport> slots, boolean isFitToLead, long pushVersion) {
        this(member, slots, isFitToLead, pushVersion, null, null);
    }

    /** Of a role that pushes nothing, or that has heard of no push switch. */
    public RenewLease(Member member, List<SlotReport> slots, boolean isFitToLead) {
        this(member, slots, isFitToLead, 0);
    }

    /** Of a node that is fit to lead. */
    public RenewLease(Member member, List<SlotReport> slots) {
        this(member, slots, true);
    }
}
