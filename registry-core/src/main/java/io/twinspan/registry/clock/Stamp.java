package io.twinspan.registry.clock;

/**
 * One reading of the hybrid clock: 42 bits of milliseconds since 2020-01-01 UTC, 13 bits of counter, and 8 low bits left to
 * whoever mints a number from it. A larger stamp was read later, on one machine always, across machines whenever a message
 * carried the smaller one there (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * @param value 63 bits, never negative
 */
public record Stamp(long value) implements Comparable<Stamp> {
    /** 2020-01-01T00:00:00Z in milliseconds since 1970. */
    public static final long EPOCH_MILLIS = 1_577_836_800_000L;

    /** Before everything. */
    public static final Stamp ZERO = new Stamp(0);

    static final int LOW_BITS = 8;
    static final int COUNTER_BITS = 13;
    static final int MILLIS_SHIFT = LOW_BITS + COUNTER_BITS;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    /** Refuses negative values. */
    public Stamp {
        if (value < 0) {
            throw new IllegalArgumentException("a stamp is never negative: " + value);
        }
    }

    /** The first stamp of a millisecond; before 2020 it is {@link #ZERO}. */
    public static Stamp atMillis(long epochMillis) {
        return new Stamp(Math.max(0, epochMillis - EPOCH_MILLIS) << MILLIS_SHIFT);
    }

    /** Physical part, in milliseconds since 1970. */
    public long millis() {
        return (value >>> MILLIS_SHIFT) + EPOCH_MILLIS;
    }

    /** The same reading with its 8 low bits set to those of {@code low}. */
    public long withLowBits(long low) {
        return (value & ~LOW_MASK) | (low & LOW_MASK);
    }

    /** The smallest reading whose upper 55 bits are larger than this one's: the next tick. */
    public Stamp nextTick() {
        return new Stamp((value | LOW_MASK) + 1);
    }

    @Override
    public int compareTo(Stamp other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
