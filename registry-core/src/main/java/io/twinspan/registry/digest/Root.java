package io.twinspan.registry.digest;

import io.twinspan.registry.datum.DataInfoId;

/**
 * What many things come to, in 128 bits: the sum of their hashes, so that it is kept up to date with each change and does not
 * depend on their order. Two sides with equal roots hold the same.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record Root(long high, long low) {
    /** Of nothing. */
    public static final Root ZERO = new Root(0, 0);

    private static final long FIRST = 0x9e3779b97f4a7c15L;
    private static final long SECOND = 0xc2b2ae3d27d4eb4fL;

    /** Of one datum; {@link #ZERO} without publishers, so that forgetting an emptied datum changes no root. */
    public static Root of(DigestEntry entry) {
        if (entry.count() == 0) {
            return ZERO;
        }
        DataInfoId id = entry.id();
        long name = (id.checksum() << 32) | Integer.toUnsignedLong(id.textHash());
        long content = ((long) entry.count() << 32) | Integer.toUnsignedLong(entry.contentHash());
        return of(name, entry.version().value(), content);
    }

    /** Of one slot at its place in the order of announcements. */
    public static Root of(SlotRoot slot) {
        AnnouncementOrder order = slot.order();
        Root place = of(
                slot.slot().number() + 1L,
                mix(order.incarnation().createdMillis()
                        + mix(order.incarnation().random())),
                mix(order.epoch().value() + mix(order.sequence())));
        return of(place.high + slot.root().high, place.low, slot.root().low);
    }

    /** With one more. */
    public Root plus(Root other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Root(high + other.high + carry, sum);
    }

    /** Without one that was added. */
    public Root minus(Root other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Root(high - other.high - borrow, low - other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format("%016x%016x", high, low);
    }

    private static Root of(long a, long b, long c) {
        return new Root(mix(mix(mix(a + FIRST) + b) + c), mix(mix(mix(a + SECOND) ^ b) + c * FIRST));
    }

    // The finalizer of SplitMix64 (Steele, Lea, Flood, 2014).
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
