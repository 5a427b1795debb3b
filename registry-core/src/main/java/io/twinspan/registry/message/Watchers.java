package io.twinspan.registry.message;

import java.util.List;

/**
 * The answer to {@link FetchWatchers}.
 *
 * @param watchers at most {@link #MOST}
 */
public record Watchers(List<WatcherState> watchers) {
    /** Most watchers that one session tells of. */
    public static final int MOST = 10_000;

    /** Copies the watchers. */
    public Watchers {
        watchers = List.copyOf(watchers);
    }
}
