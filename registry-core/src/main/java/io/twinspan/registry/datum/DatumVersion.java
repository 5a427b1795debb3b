package io.twinspan.registry.datum;

import io.twinspan.registry.clock.Stamp;

/**
 * Names the content of one datum between nodes: 42 bits of milliseconds since 2020, 13 of counter, 8 low bits of the leader
 * epoch, so that two leaders alive at once never mint the same number. Per slot strictly increasing; one version names one
 * content for ever. In JSON it is a string, because 63 bits do not fit a JavaScript number.
 *
 * @param value 63 bits; 0 means that nothing was ever registered
 */
public record DatumVersion(long value) implements Comparable<DatumVersion> {
    /** Of a datum nobody ever registered for. */
    public static final DatumVersion NONE = new DatumVersion(0);

    /** Refuses negative values. */
    public DatumVersion {
        if (value < 0) {
            throw new IllegalArgumentException("a datum version is never negative: " + value);
        }
    }

    /** The reading of the clock inside this version, its low bits cleared. */
    public Stamp stamp() {
        return new Stamp(new Stamp(value).withLowBits(0));
    }

    /** True when this names later content than {@code other}. */
    public boolean isAfter(DatumVersion other) {
        return value > other.value;
    }

    @Override
    public int compareTo(DatumVersion other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
