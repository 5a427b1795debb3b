package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.PeerTable;
import java.util.Collection;
import java.util.Optional;

/** What a sync knows of its peers and has said to them, for those who check it; to be asked on its loop. */
public final class SyncInspection {
    private SyncInspection() {}

    /** What is known of a peer. */
    public static PeerTable tableOf(CrossDatacenterSync sync, DatacenterId peer) {
        return sync.tableOf(peer);
    }

    /** The slots that are announced now. */
    public static Collection<SlotId> announced(CrossDatacenterSync sync) {
        return sync.publisher().led();
    }

    /** What a slot that is announced comes to now. */
    public static Optional<SlotRoot> says(CrossDatacenterSync sync, SlotId slot) {
        return sync.publisher().rootOf(slot);
    }

    /** What a slot that is announced came to at an earlier place of the last minute. */
    public static Optional<SlotRoot> saidAt(CrossDatacenterSync sync, SlotId slot, AnnouncementOrder place) {
        return sync.publisher().rootAt(slot, place);
    }
}
