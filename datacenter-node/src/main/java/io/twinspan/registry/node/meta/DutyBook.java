package io.twinspan.registry.node.meta;

import io.twinspan.registry.failover.FailoverJournal;
import io.twinspan.registry.federation.FederationState;

/**
 * What a meta group has agreed on about duty.
 *
 * @param duty decisions of this datacenter and of its peers
 * @param runs failovers of which this datacenter is or was the target
 */
record DutyBook(FederationState duty, FailoverJournal runs) {
    static final DutyBook EMPTY = new DutyBook(FederationState.NONE, FailoverJournal.EMPTY);

    DutyBook withDuty(FederationState next) {
        return new DutyBook(next, runs);
    }

    DutyBook withRuns(FailoverJournal next) {
        return new DutyBook(duty, next);
    }

    /** With what a backup knew; an epoch never gets lower, and runs of the backup are over for the new group. */
    DutyBook restored(DutyBook backup) {
        return withDuty(duty.merge(backup.duty));
    }
}
