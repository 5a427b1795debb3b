package io.twinspan.registry.slot;

/**
 * Number of one slot's leadership; a later leader has a higher one within an incarnation of the meta group.
 *
 * @param value 1 and up; 0 means that nobody has led yet
 */
public record LeaderEpoch(long value) implements Comparable<LeaderEpoch> {
    /** Nobody has led yet. */
    public static final LeaderEpoch NONE = new LeaderEpoch(0);

    /** Refuses negative values. */
    public LeaderEpoch {
        if (value < 0) {
            throw new IllegalArgumentException("a leader epoch is never negative: " + value);
        }
    }

    /** The epoch of the next leader. */
    public LeaderEpoch next() {
        return new LeaderEpoch(value + 1);
    }

    @Override
    public int compareTo(LeaderEpoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
