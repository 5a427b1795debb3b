package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Leadership;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one datum.
 *
 * @param isConfirmed whether the leader of the datum's own datacenter stands behind the content as of this answer. A slot that
 *     is warming up, and a copy of a peer's datum that the peer has not confirmed, answer with false: such content may be old
 * @param version what the content is held under
 * @param datum the content, when {@code status} is {@code OK} or {@code IN_CUSTODY}; else null
 * @param word who stands behind this and since when
 */
public record DatumAnswer(
        DatacenterId datacenter,
        DataInfoId id,
        Status status,
        boolean isConfirmed,
        DatumVersion version,
        @Nullable Datum datum,
        Word word) {
    /**
     * Whose word an answer is.
     *
     * @param leadership under which the answerer leads the slot; {@link Leadership#NONE} when it does not say
     * @param confirmedMillis of a copy of a peer's datum: when the peer last stood behind it, by the answerer's clock in
     *     milliseconds since 1970; 0 when that is not known, and for what is the answerer's own
     */
    public record Word(Leadership leadership, long confirmedMillis) {
        /** Nothing is said about it. */
        public static final Word NONE = new Word(Leadership.NONE, 0);
    }

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
        NOT_LEADER,
        /** To a peer: the slot has not settled, so its leader stands behind nothing yet. Ask again later. */
        WARMING,
        /**
         * The content found no room in this answer. A session asks again, a peer asks for it alone; if that is what was done, it fits
         * no answer.
         */
        TOO_BIG,
        /** A copy of a peer's datum is held and must not be shown, because it is too old. */
        WITHDRAWN,
        /**
         * A copy of a lost peer's datum, without those of whom the answerer's datacenter knows more than that peer does, or without
         * any because an operator has withdrawn it: its content, which follows the datacenter's own, is not what was ever there under
         * its version.
         */
        IN_CUSTODY
    }

    /** Refuses content under any other status than the two that have some, and those without. */
    public DatumAnswer {
        if (hasContent(status) != (datum != null)) {
            throw new IllegalArgumentException(
                    "an answer has content exactly when its status is OK or IN_CUSTODY, not " + status);
        }
    }

    /** True for an answer that comes with content. */
    public static boolean hasContent(Status status) {
        return status == Status.OK || status == Status.IN_CUSTODY;
    }

    /** An answer that says nothing about whose word it is. */
    public DatumAnswer(
            DatacenterId datacenter,
            DataInfoId id,
            Status status,
            boolean isConfirmed,
            DatumVersion version,
            @Nullable Datum datum) {
        this(datacenter, id, status, isConfirmed, version, datum, Word.NONE);
    }

    /** The content, compared with what the asker holds. */
    public static DatumAnswer of(Datum datum, DatumVersion known, boolean isConfirmed) {
        DatumVersion version = datum.version();
        if (version.equals(known) && !known.equals(DatumVersion.NONE)) {
            return new DatumAnswer(datum.datacenter(), datum.id(), Status.UNCHANGED, isConfirmed, version, null);
        }
        // What has gone over to another datacenter is said even when nothing is left.
        if (datum.count() == 0 && datum.after().isEmpty()) {
            return new DatumAnswer(datum.datacenter(), datum.id(), Status.EMPTY, isConfirmed, version, null);
        }
        return new DatumAnswer(datum.datacenter(), datum.id(), Status.OK, isConfirmed, version, datum);
    }

    /** Nothing is held. */
    public static DatumAnswer unknown(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.UNKNOWN, false, DatumVersion.NONE, null);
    }

    /** To a peer, of a slot that has not settled. */
    public static DatumAnswer warming(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.WARMING, false, DatumVersion.NONE, null);
    }

    /** What is held is not to be shown. */
    public static DatumAnswer withdrawn(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.WITHDRAWN, true, DatumVersion.NONE, null);
    }

    /** What may still be shown of it. */
    public static DatumAnswer inCustody(Datum shown) {
        return new DatumAnswer(shown.datacenter(), shown.id(), Status.IN_CUSTODY, true, shown.version(), shown);
    }

    /** What is there under this version has no room. */
    public static DatumAnswer tooBig(DatacenterId datacenter, DataInfoId id, DatumVersion version) {
        return new DatumAnswer(datacenter, id, Status.TOO_BIG, false, version, null);
    }

    /** What a digest would say of the content; of one that was not sent only the version counts. */
    public DigestEntry digest() {
        return datum == null ? new DigestEntry(id, version, 0, 0) : DigestEntry.of(datum);
    }

    /** The same as the word of somebody. */
    public DatumAnswer by(Word whose) {
        return new DatumAnswer(datacenter, id, status, isConfirmed, version, datum, whose);
    }

    /** Asked the wrong node. */
    public static DatumAnswer notLeader(DatacenterId datacenter, DataInfoId id) {
        return new DatumAnswer(datacenter, id, Status.NOT_LEADER, false, DatumVersion.NONE, null);
    }
}
