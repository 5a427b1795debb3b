package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * One part of everything that a slot holds, frozen at one place in the order. A datum that no part names is empty as of the
 * watermark.
 *
 * @param frozen the place, and what all parts come to
 * @param chunk which part, from 0
 * @param chunks how many there are
 */
public record Full(Sender sender, SlotRoot frozen, int chunk, int chunks, List<DigestEntry> entries)
        implements Announcement {
    /** Copies the entries; refuses those of another slot, and a part that there is not. */
    public Full {
        entries = List.copyOf(entries);
        Changed.checkSlot(frozen.slot(), entries);
        if (chunk < 0 || chunk >= chunks) {
            throw new IllegalArgumentException("part " + chunk + " of " + chunks + " of a slot");
        }
    }

    /** Which slot. */
    public SlotId slot() {
        return frozen.slot();
    }
}
