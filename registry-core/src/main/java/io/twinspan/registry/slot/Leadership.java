package io.twinspan.registry.slot;

/**
 * A leader epoch with the life of the meta group that gave it out; the life is compared first. Whoever hears of a later one stops
 * acting under an earlier one.
 */
public record Leadership(Incarnation incarnation, LeaderEpoch epoch) implements Comparable<Leadership> {
    /** Nobody has led yet. */
    public static final Leadership NONE = new Leadership(Incarnation.NONE, LeaderEpoch.NONE);

    /** True when a leader of this replaces one of {@code other}. */
    public boolean isAfter(Leadership other) {
        return compareTo(other) > 0;
    }

    /** The later of the two. */
    public Leadership orLater(Leadership other) {
        return other.isAfter(this) ? other : this;
    }

    @Override
    public int compareTo(Leadership other) {
        int byLife = incarnation.compareTo(other.incarnation);
        return byLife != 0 ? byLife : epoch.compareTo(other.epoch);
    }
}
