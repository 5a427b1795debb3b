package io.twinspan.registry.message;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import java.util.List;

/**
 * How a follower's content differs from the leader's digest.
 *
 * @param wanted services of the leader's that it lacks or holds otherwise
 * @param held what it holds otherwise, when the leader wanted that
 * @param words of the peers, about those of them that are theirs
 * @param hasMore there is more than this answer could hold: compare again
 * @param isWhole what it held before this had been everything of some leader, in this life of the process
 */
public record ReplicaHolding(
        List<DatumKey> wanted, List<Datum> held, List<DatumWord> words, boolean hasMore, boolean isWhole) {
    /** Nothing differs, or nothing was asked. */
    public static final ReplicaHolding NONE = new ReplicaHolding(List.of(), List.of(), List.of(), false, false);

    /** Copies the lists. */
    public ReplicaHolding {
        wanted = List.copyOf(wanted);
        held = List.copyOf(held);
        words = List.copyOf(words);
    }
}
