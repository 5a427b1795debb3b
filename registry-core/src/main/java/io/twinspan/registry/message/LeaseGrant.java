package io.twinspan.registry.message;

import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.slot.SlotTableEpoch;
import org.jspecify.annotations.Nullable;

/**
 * Meta's answer to {@link RenewLease}, with the numbers of what the caller may have to fetch.
 *
 * @param isGranted false when this meta cannot grant, for example without a leader
 * @param refusal why not; empty when granted
 * @param table epoch of the slot table in force
 * @param membersRevision rises whenever a member joins, leaves or changes
 * @param providedRevision rises whenever provided configuration changes
 * @param policiesVersion of the policies in force; rises whenever an operator changes them
 * @param pushVersion of the push switch; rises whenever somebody closes or opens the push
 * @param moveVersion of the move that is ordered; differs whenever anything of it does
 * @param clientsOffVersion of the list of clients that are off; rises whenever an operator changes it
 * @param isMandated true when an operator has said that this meta group takes the place of earlier ones; without that, nobody who
 *     remembers an earlier group follows this one
 * @param federation what meta knows of duty; null from a meta that grants nothing, or of a release that knows no duty
 */
public record LeaseGrant(
        boolean isGranted,
        String refusal,
        SlotTableEpoch table,
        long membersRevision,
        long providedRevision,
        long policiesVersion,
        long pushVersion,
        long moveVersion,
        long clientsOffVersion,
        boolean isMandated,
        @Nullable FederationView federation) {
    /** Without a word on duty, and of a datacenter in which no client was ever off. */
    public LeaseGrant(
            boolean isGranted,
            String refusal,
            SlotTableEpoch table,
            long membersRevision,
            long providedRevision,
            long policiesVersion,
            long pushVersion,
            long moveVersion,
            boolean isMandated) {
        this(
                isGranted,
                refusal,
                table,
                membersRevision,
                providedRevision,
                policiesVersion,
                pushVersion,
                moveVersion,
                0,
                isMandated,
                null);
    }

    /** Of a datacenter in which nobody has ever closed the push or ordered a move. */
    public LeaseGrant(
            boolean isGranted,
            String refusal,
            SlotTableEpoch table,
            long membersRevision,
            long providedRevision,
            long policiesVersion,
            boolean isMandated) {
        this(isGranted, refusal, table, membersRevision, providedRevision, policiesVersion, 0, 0, isMandated);
    }

    /** A refusal with its reason. */
    public static LeaseGrant refused(String why) {
        return new LeaseGrant(false, why, SlotTableEpoch.NONE, 0, 0, 0, false);
    }
}
