package io.twinspan.registry.slot;

/**
 * One life of a datacenter's meta group, from the moment its first member was made on empty disks. Compared before any epoch:
 * numbers of different incarnations say nothing about each other.
 *
 * @param createdMillis creation time, milliseconds since 1970
 * @param random tells apart two groups made in the same millisecond
 */
public record Incarnation(long createdMillis, long random) implements Comparable<Incarnation> {
    /** Before any group was made. */
    public static final Incarnation NONE = new Incarnation(0, 0);

    @Override
    public int compareTo(Incarnation other) {
        int byTime = Long.compare(createdMillis, other.createdMillis);
        return byTime != 0 ? byTime : Long.compare(random, other.random);
    }

    @Override
    public String toString() {
        return createdMillis + "-" + Long.toHexString(random);
    }
}
