package io.twinspan.registry.slot;

/**
 * Number of a slot table within its incarnation; each change of the table raises it.
 *
 * @param number 0 for the table before the first assignment
 */
public record SlotTableEpoch(Incarnation incarnation, long number) implements Comparable<SlotTableEpoch> {
    /** Of the table that nobody has made yet. */
    public static final SlotTableEpoch NONE = new SlotTableEpoch(Incarnation.NONE, 0);

    /** The epoch after this one. */
    public SlotTableEpoch next() {
        return new SlotTableEpoch(incarnation, number + 1);
    }

    /** True when a table of this epoch replaces one of {@code other}. */
    public boolean isAfter(SlotTableEpoch other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(SlotTableEpoch other) {
        int byLife = incarnation.compareTo(other.incarnation);
        return byLife != 0 ? byLife : Long.compare(number, other.number);
    }
}
