package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datum.DataInfoId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How fetching from one peer fares.
 *
 * @param inFlight requests under way
 * @param refused requests that the breaker did not let through
 * @param waitingWarm datums that wait to be fetched for policy {@code warm} only
 * @param warmBytes about how much was fetched for policy {@code warm}
 * @param corrected announced versions that a later leader has taken back
 * @param raised times the peer's leader was told of a higher version
 * @param tooBig datums that fit no answer, the first few; an operator should look at them
 */
public record FetchStatus(
        BreakerState breaker,
        int inFlight,
        long refused,
        int waitingWarm,
        long warmBytes,
        long corrected,
        long raised,
        List<DataInfoId> tooBig) {
    /** Most of {@link #tooBig}. */
    public static final int MOST_NAMED = 10;

    /** Copies the names. */
    public FetchStatus {
        tooBig = List.copyOf(tooBig);
    }

    private long breakerNumber() {
        return switch (breaker) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    /** The same as numbers by their metric names, to be labelled with the peer; the breaker is 0 closed, 1 open, 2 half open. */
    public Map<String, Long> values() {
        Map<String, Long> values = new TreeMap<>();
        values.put("twinspan.sync.fetch.breaker.state", breakerNumber());
        values.put("twinspan.sync.fetch.in.flight", (long) inFlight);
        values.put("twinspan.sync.fetch.refused", refused);
        values.put("twinspan.sync.fetch.warm.waiting", (long) waitingWarm);
        values.put("twinspan.sync.fetch.warm.bytes", warmBytes);
        values.put("twinspan.sync.fetch.corrected", corrected);
        values.put("twinspan.sync.fetch.raised", raised);
        values.put("twinspan.sync.fetch.too.big", (long) tooBig.size());
        return values;
    }
}
