package io.twinspan.registry.digest;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.SlotId;

/**
 * What one slot of a datacenter comes to at one place in the order of its announcements.
 *
 * @param count datums with publishers
 * @param watermark a datum that is not named is empty as of this version: what is minted later is above it
 */
public record SlotRoot(SlotId slot, AnnouncementOrder order, int count, Root root, DatumVersion watermark) {
    /** Refuses a negative count. */
    public SlotRoot {
        if (count < 0) {
            throw new IllegalArgumentException("a slot has no negative number of datums: " + count);
        }
    }

    /** True when both hold the same, wherever in the order that is. */
    public boolean isSameContent(SlotRoot other) {
        return count == other.count && root.equals(other.root);
    }
}
