package io.twinspan.registry.message;

import java.util.List;

/**
 * A session's answer to {@link FetchSessionLoad}.
 *
 * @param incarnation of the answering process
 * @param connections of clients that it has and keeps
 * @param isDraining true while it sends its clients away and takes itself out of the lists given to clients
 * @param movedUpTo number to ask from the next time
 * @param moved marks of clients that were sent away, which nobody sends away again
 * @param fetchedUpTo number to ask from the next time
 * @param fetched marks of client addresses that were given a list of the target's sessions for the move that is ordered
 */
public record SessionLoad(
        long incarnation,
        int connections,
        boolean isDraining,
        long movedUpTo,
        List<Long> moved,
        long fetchedUpTo,
        List<Long> fetched) {
    /** Copies the marks. */
    public SessionLoad {
        moved = List.copyOf(moved);
        fetched = List.copyOf(fetched);
    }

    /** Of a session of which nobody was told of another datacenter's. */
    public SessionLoad(long incarnation, int connections, boolean isDraining, long movedUpTo, List<Long> moved) {
        this(incarnation, connections, isDraining, movedUpTo, moved, 0, List.of());
    }
}
