package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * Announcement that some datums of one slot have changed.
 *
 * @param datacenter whose datums; a datacenter announces only its own
 * @param sentAt the sender's clock, merged by the receiver
 * @param entries the newest of each datum; each belongs to the slot
 */
public record Changed(
        DatacenterId datacenter, SlotId slot, AnnouncementOrder order, Stamp sentAt, List<DigestEntry> entries) {
    /** Copies the entries and refuses those of another slot. */
    public Changed {
        entries = List.copyOf(entries);
        for (DigestEntry entry : entries) {
            if (!SlotId.of(entry.id()).equals(slot)) {
                throw new IllegalArgumentException(
                        "an announcement of slot " + slot + " names a datum of slot " + SlotId.of(entry.id()));
            }
        }
    }
}
