package io.twinspan.registry.slot;

/**
 * Number of one slot's leadership: the term that meta gave out, and within it the rank of the replica that leads. Rank 0 is the
 * leader that meta named; a higher one leads because sessions could reach neither that leader nor a newer table. A later leader
 * has a higher number within an incarnation of the meta group, and every term is above all ranks of the one before.
 *
 * @param value {@link #RANKS} times the term, plus the rank; 0 means that nobody has led yet
 */
public record LeaderEpoch(long value) implements Comparable<LeaderEpoch> {
    /** Most replicas that a slot can have, and so the ranks of one term. */
    public static final int RANKS = 8;

    /** Nobody has led yet. */
    public static final LeaderEpoch NONE = new LeaderEpoch(0);

    /** Refuses negative values. */
    public LeaderEpoch {
        if (value < 0) {
            throw new IllegalArgumentException("a leader epoch is never negative: " + value);
        }
    }

    /** The first epoch of the next term. */
    public LeaderEpoch next() {
        return new LeaderEpoch((term() + 1) * RANKS);
    }

    /** Which of meta's assignments this belongs to; 0 before the first. */
    public long term() {
        return value / RANKS;
    }

    /** Which replica of the term leads, 0 for the one that meta named. */
    public int rank() {
        return (int) (value % RANKS);
    }

    /**
     * The epoch of another replica in this term.
     *
     * @throws IllegalArgumentException when the rank is not from 0 to {@link #RANKS} - 1
     */
    public LeaderEpoch atRank(int rank) {
        if (rank < 0 || rank >= RANKS) {
            throw new IllegalArgumentException("rank " + rank + " is not between 0 and " + (RANKS - 1));
        }
        return new LeaderEpoch(term() * RANKS + rank);
    }

    /** True when a leader of this epoch replaces one of {@code other}. */
    public boolean isAfter(LeaderEpoch other) {
        return value > other.value;
    }

    @Override
    public int compareTo(LeaderEpoch other) {
        return Long.compare(value, other.value);
    }

    /** The term, and behind a dot the rank when it is not 0. */
    @Override
    public String toString() {
        return rank() == 0 ? Long.toString(term()) : term() + "." + rank();
    }
}
