package io.twinspan.registry.federation;

import java.util.List;
import java.util.stream.Stream;

/**
 * How far a move has come, as one session or data node sees it, or all of them together. Sessions count connections, the leaders of
 * slots registrations.
 *
 * @param connectionsLeft connections to the source's sessions that are open
 * @param closed connections that were closed for this run
 * @param awaited registrations of those, which their session still keeps in force because it has not heard of them from there
 * @param moving registrations whose client is on its way
 * @param over registrations that have come over to the target
 * @param overdue registrations whose client was not seen there in time; they are held in quarantine
 * @param missing services of the counterpart of which less is held here than it has announced
 * @param unknown slots of the counterpart that nothing certain is known of, so that more may be missing
 * @param notOver names of overdue ones, no more than {@link #MOST_NAMES}
 */
public record MoveProgress(
        String run,
        int connectionsLeft,
        int closed,
        int awaited,
        int moving,
        int over,
        int overdue,
        int missing,
        int unknown,
        List<String> notOver) {
    /** Most names that are told. */
    public static final int MOST_NAMES = 50;

    /** Copies the names, as many as are told. */
    public MoveProgress {
        notOver = notOver.stream().limit(MOST_NAMES).toList();
    }

    /** Nothing has happened for a run. */
    public static MoveProgress none(String run) {
        return new MoveProgress(run, 0, 0, 0, 0, 0, 0, 0, 0, List.of());
    }

    /** What a session says. */
    public static MoveProgress ofSession(String run, int connectionsLeft, int closed, int awaited) {
        return new MoveProgress(run, connectionsLeft, closed, awaited, 0, 0, 0, 0, 0, List.of());
    }

    /** Both together; of the run of this one. */
    public MoveProgress plus(MoveProgress other) {
        return new MoveProgress(
                run,
                connectionsLeft + other.connectionsLeft,
                closed + other.closed,
                awaited + other.awaited,
                moving + other.moving,
                over + other.over,
                overdue + other.overdue,
                missing + other.missing,
                unknown + other.unknown,
                Stream.concat(notOver.stream(), other.notOver.stream()).toList());
    }
}
