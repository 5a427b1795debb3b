package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;

/** A datum of the own datacenter that has changed, and under which leadership. */
public record OwnChange(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
    /** The one that a receiver must end with: of the later leadership, then of the higher version. */
    public static OwnChange newer(OwnChange a, OwnChange b) {
        int order = a.epoch.compareTo(b.epoch);
        if (order == 0) {
            order = a.entry.version().compareTo(b.entry.version());
        }
        return order > 0 ? a : b;
    }
}
