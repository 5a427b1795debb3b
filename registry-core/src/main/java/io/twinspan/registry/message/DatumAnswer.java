package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one datum.
 *
 * @param isConfirmed whether the leader of the datum's own datacenter stands behind the content as of this answer. A slot that
 *     is warming up, and a copy of a peer's datum that the peer has not confirmed, answer with false: such content may be old
 * @param version what the content is held under
 * @param datum the content, when {@code status} is {@code OK}; else null
 */
public record DatumAnswer(
        DatacenterId datacenter,
        DataInfoId id,
        Status status,
        boolean isConfirmed,
        DatumVersion version,
        @Nullable Datum datum) {
    /** What is answered. */
    public enum Status {
        /** The content follows. */
        OK,
        /** The content is the one the asker holds. */
        UNCHANGED,
        /** There are no publishers. */
        EMPTY,
        /** Nothing can be said: nothing is held. Never to be read as empty. */
        UNKNOWN,
        /** The asked node does not lead the slot. */
        NOT_LEADER
    }

    /** Refuses content without OK and OK without content. */
    public DatumAnswer {
        if ((status == Status.OK) != (datum != null)) {
            throw new IllegalArgumentException("an answer has content exactly when its status is OK, not " + status);
        }
    }

    /** The content, compared with what the asker holds. */
    public static DatumAnswer of(Datum datum, DatumVersion known, boolean isConfirmed) {
        DatumVersion version = datum.version();
        if (version.equals(known) && !known.equals(DatumVersion.NONE)) {
            return new DatumAnswer(datum.datacenter(), datum.id(), Status.UNCHANGED, isConfirmed, version, null);
        }
        if (datum.count() == 0) {
            return new DatumAnswer(datum.datacenter(), datum.id(), Status.EMPTY, isConfirmed, version, null);
        }
        return new DatumAnswer(datum.datacenter(), datum.id(), Status.OK, isConfirmed, version, datum);
    }

    /** Nothing is held. */
    public static DatumAnswer unknown(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.UNKNOWN, false, DatumVersion.NONE, null);
    }

    /** Asked the wrong node. */
    public static DatumAnswer notLeader(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.NOT_LEADER, false, DatumVersion.NONE, null);
    }
}
