package io.twinspan.registry.slot;

import io.twinspan.registry.datum.DataInfoId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A shard of the service names.
 *
 * @param number 0 to {@link #COUNT} - 1
 */
public record SlotId(int number) implements Comparable<SlotId> {
    /** Slots of every datacenter; equal throughout a federation. */
    public static final int COUNT = 256;

    private static final List<SlotId> ALL =
            IntStream.range(0, COUNT).mapToObj(SlotId::new).toList();

    /** Refuses numbers outside the table. */
    public SlotId {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("slot " + number + " is not between 0 and " + (COUNT - 1));
        }
    }

    /** The slot of a service name: CRC-32 of its UTF-8 text form, modulo {@link #COUNT}. The same on every node, for ever. */
    public static SlotId of(DataInfoId id) {
        return ALL.get((int) (id.checksum() % COUNT));
    }

    @Override
    public int compareTo(SlotId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
