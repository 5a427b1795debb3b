package io.twinspan.registry.message;

import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationOrder;
import org.jspecify.annotations.Nullable;

/**
 * What became of one change.
 *
 * @param isLeader false when the asked node does not lead the slot: ask meta for the table and send again
 * @param outcome null when not leader
 * @param known what is on record when the outcome is {@code OLDER}, else null
 */
public record ChangeResult(
        boolean isLeader,
        @Nullable ChangeOutcome outcome,
        @Nullable Known known) {
    /** The later request that stands against a change, and whether anybody stands behind it. */
    public record Known(RegistrationOrder order, State state) {}

    /** Who stands behind a registration that is on record. */
    public enum State {
        /** It is listed, and its owner lives as far as the leader can tell. */
        LISTED,
        /** Nobody: the owner's connection has closed, or its session's life is over. */
        ABANDONED,
        /** Nobody, because the client itself took it back. */
        TAKEN_BACK,
        /** The connection that was asked for: the leader has given it back when another one closed, under this order. */
        YOURS
    }

    /** Of a node that does not lead the slot. */
    public static final ChangeResult NOT_LEADER = new ChangeResult(false, null, null);

    /** The result of a change that left its datum like this. */
    public static ChangeResult of(Datum after, DatumChange change, ChangeOutcome outcome) {
        return new ChangeResult(true, outcome, outcome == ChangeOutcome.OLDER ? known(after, change) : null);
    }

    private static @Nullable Known known(Datum datum, DatumChange change) {
        Publisher listed = datum.find(change.id()).orElse(null);
        if (listed == null) {
            return datum.findTombstone(change.id())
                    .map(removed ->
                            new Known(removed.order(), removed.isLeftByClose() ? State.ABANDONED : State.TAKEN_BACK))
                    .orElse(null);
        }
        boolean isYours = change instanceof DatumChange.Register register
                && register.publisher().owner().equals(listed.owner());
        return new Known(listed.order(), isYours ? State.YOURS : State.LISTED);
    }
}
