package io.twinspan.registry.message;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.RegistrationOrder;
import org.jspecify.annotations.Nullable;

/**
 * What became of one change.
 *
 * @param isLeader false when the asked node does not lead the slot: ask meta for the table and send again
 * @param outcome null when not leader
 * @param known the order on record when the outcome is {@code OLDER}, else null
 */
public record ChangeResult(
        boolean isLeader,
        @Nullable ChangeOutcome outcome,
        @Nullable RegistrationOrder known) {
    /** Of a node that does not lead the slot. */
    public static final ChangeResult NOT_LEADER = new ChangeResult(false, null, null);
}
