package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * Some datums of one slot have changed.
 *
 * @param order one after the announcement of this slot before, under the same leader
 * @param entries the newest of each datum; each belongs to the slot
 */
public record Changed(Sender sender, SlotId slot, AnnouncementOrder order, List<DigestEntry> entries)
        implements Announcement {
    /** Copies the entries and refuses those of another slot. */
    public Changed {
        entries = List.copyOf(entries);
        checkSlot(slot, entries);
    }

    static void checkSlot(SlotId slot, List<DigestEntry> entries) {
        for (DigestEntry entry : entries) {
            if (!SlotId.of(entry.id()).equals(slot)) {
                throw new IllegalArgumentException(
                        "an announcement of slot " + slot + " names a datum of slot " + SlotId.of(entry.id()));
            }
        }
    }
}
