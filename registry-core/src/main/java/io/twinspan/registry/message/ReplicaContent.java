package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumPatch;
import java.util.List;

/**
 * What a leader writes to a follower.
 *
 * @param datums to be there as they are
 * @param forgotten services of which nothing is left
 * @param patches changes to what is there
 */
public record ReplicaContent(List<Datum> datums, List<DataInfoId> forgotten, List<DatumPatch> patches) {
    /** Copies the lists. */
    public ReplicaContent {
        datums = List.copyOf(datums);
        forgotten = List.copyOf(forgotten);
        patches = List.copyOf(patches);
    }
}
