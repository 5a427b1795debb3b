package io.twinspan.registry.message;

import io.twinspan.registry.datum.SessionIncarnation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Session to slot leader, or slot leader to the leader of a peer datacenter: the content of datums.
 *
 * @param interested a session that wants to be told of changes from now on; null for a fetch without interest. Interest in a
 *     peer's datum is what makes the leader fetch it from there
 */
public record FetchDatums(@Nullable SessionIncarnation interested, List<DatumQuery> queries)
        implements Request<DatumAnswers> {
    /** Most queries in one request. */
    public static final int MAX_QUERIES = 10_000;

    /** Copies the queries and refuses too many. */
    public FetchDatums {
        queries = List.copyOf(queries);
        if (queries.size() > MAX_QUERIES) {
            throw new IllegalArgumentException("a fetch of " + queries.size() + " datums is more than the "
                    + MAX_QUERIES + " allowed in one request");
        }
    }

    @Override
    public int lane() {
        return interested != null || queries.isEmpty()
                ? Lanes.INTEREST
                : Lanes.ofRead(queries.get(0).id());
    }
}
