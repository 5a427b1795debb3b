package io.twinspan.registry.message;

import java.time.Duration;

/**
 * A resolver, of this or a peer datacenter, to meta: which sessions live now? Answered at once when the answer's mark is other than the
 * known one, else when it becomes so or the question has been held for {@link #HOLD}.
 *
 * @param known mark of the answer that the asker has; 0 for none
 */
public record FetchLiveSessions(long known) implements Request<LiveSessions> {
    /** Longest time that a meta keeps the question. */
    public static final Duration HOLD = Duration.ofSeconds(2);

    @Override
    public int lane() {
        return Lanes.LIFE;
    }
}
