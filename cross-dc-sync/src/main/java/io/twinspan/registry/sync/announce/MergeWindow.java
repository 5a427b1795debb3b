package io.twinspan.registry.sync.announce;

import java.time.Duration;

/**
 * How long changes are gathered before they are announced. A change that comes alone hardly waits; where there are many they wait
 * longer and share what each announcement costs on the way between the datacenters. Pure.
 */
public final class MergeWindow {
    /** More datums a second than this, and the next round is gathered for twice as long. */
    private static final long MANY_A_SECOND = 300;

    /** Fewer than this, and for half as long. */
    private static final long FEW_A_SECOND = 150;

    private final long leastNanos;
    private final long mostNanos;
    private long nanos;

    /**
     * @param least between two rounds when there is little to say
     * @param most between two rounds when there is much
     */
    public MergeWindow(Duration least, Duration most) {
        this.leastNanos = least.toNanos();
        this.mostNanos = most.toNanos();
        this.nanos = leastNanos;
    }

    /**
     * A round is over; returns how long the next may not begin, in nanoseconds.
     *
     * @param entries datums in it
     * @param sinceNanos since the round before
     */
    public long next(int entries, long sinceNanos) {
        long aSecond = entries * 1_000_000_000L / Math.max(1, sinceNanos);
        if (entries > 1 && aSecond > MANY_A_SECOND) {
            nanos = Math.min(mostNanos, nanos * 2);
        } else if (aSecond < FEW_A_SECOND) {
            nanos = Math.max(leastNanos, nanos / 2);
        }
        return nanos;
    }
}
