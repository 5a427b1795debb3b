package io.twinspan.registry.message;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumPatch;
import java.util.List;

/**
 * What a leader writes to a follower.
 *
 * @param datums to be there as they are
 * @param forgotten of these nothing is left
 * @param patches changes to what is there
 * @param words of the peers, about those of them that are theirs
 */
public record ReplicaContent(
        List<Datum> datums, List<DatumKey> forgotten, List<DatumPatch> patches, List<DatumWord> words) {
    /** Copies the lists. */
    public ReplicaContent {
        datums = List.copyOf(datums);
        forgotten = List.copyOf(forgotten);
        patches = List.copyOf(patches);
        words = List.copyOf(words);
    }
}
