package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumAnswer;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One datum to be asked for, from the moment it is wanted until the peer's leader has answered for it.
 *
 * <pre>
 * DUE        -> IN_FLIGHT  a request has taken it
 * IN_FLIGHT  -> WAITING    the answer was none, or not good enough
 * IN_FLIGHT  -> DUE        answered, and meanwhile something newer was announced
 * WAITING    -> DUE        the pause is over, or something newer was announced
 * </pre>
 */
final class Want {
    /** Where it stands. */
    enum Phase {
        DUE,
        IN_FLIGHT,
        WAITING
    }

    final DataInfoId id;
    Phase phase = Phase.WAITING;
    int failures;
    private long failedNanos;

    /** The newest announcement; null when only a held version is to be confirmed. */
    @Nullable
    DigestEntry named;

    /** Nobody has asked for it yet: it goes when nothing else does. */
    boolean isWarm;

    /** It found no room in an answer with others. */
    boolean isAlone;

    /** What the request under way told the peer we hold. */
    DatumVersion known = DatumVersion.NONE;

    /** The least version that an answer to the request under way may carry. */
    DatumVersion least = DatumVersion.NONE;

    Want(DataInfoId id) {
        this.id = id;
    }

    void name(DigestEntry entry) {
        if (named == null || entry.version().isAfter(named.version())) {
            named = entry;
        }
    }

    /** It was not answered, or not well enough; how often by now. */
    int fail(long nowNanos) {
        if (failures == 0) {
            failedNanos = nowNanos;
        }
        return ++failures;
    }

    /** How long the announced content that has been missing longest has been asked for in vain. */
    static Duration longestInVain(Collection<Want> wants, long nowNanos) {
        long longest = 0;
        for (Want want : wants) {
            if (want.failures > 0 && want.named != null) {
                longest = Math.max(longest, nowNanos - want.failedNanos);
            }
        }
        return Duration.ofNanos(longest);
    }

    void take(FetchedSegment segment) {
        phase = Phase.IN_FLIGHT;
        // Where only what is held is to be confirmed, something newer may be announced, of which an earlier leader does
        // not know.
        segment.announced(id).ifPresent(this::name);
        DatumVersion held = segment.held(id);
        known = held;
        least = named != null && named.version().isAfter(held) ? named.version() : held;
    }

    /**
     * An answer as it is to be understood. Who has nothing of a datum has no version for that, either; when the datum is known to be
     * empty already, and the answerer is no earlier leader than the one that said so, it stands behind the version known.
     */
    DatumAnswer understand(DatumAnswer answer, FetchedSegment segment) {
        DigestEntry newest = named;
        boolean isKnownEmpty =
                (newest != null && newest.version().equals(least)) ? newest.count() == 0 : segment.isHeldEmpty(id);
        if (!isKnownEmpty || answer.status() != DatumAnswer.Status.EMPTY || !least.isAfter(answer.version())) {
            return answer;
        }
        return segment.namedBy(id).isAfter(answer.word().leadership())
                ? DatumAnswer.notLeader(answer.datacenter(), answer.id())
                : DatumAnswer.of(Datum.empty(segment.peer(), id).withVersion(least), known, answer.isConfirmed())
                        .by(answer.word());
    }

    /** True when what was announced after the request left is newer than its answer. */
    boolean isOutdatedBy(DatumVersion answered) {
        return named != null && named.version().isAfter(answered);
    }
}
