package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;

/** What the data role tells the sync. Port; may be called on any thread and never blocks. */
public interface PeerSync {
    /** A datum of the own datacenter has changed; the peers are to know. */
    void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry);

    /**
     * Somebody here looks beyond the own datacenter for this service, or nobody does any more. While somebody does, what peers
     * announce of it is fetched.
     */
    void interest(DataInfoId id, boolean isWanted);

    /** Other slots are led here, or operators have decided anew what is fetched when: what was announced is looked at again. */
    default void replan() {}

    /**
     * A subscriber has come: ask the peer whether what is held of it is still right. Does nothing when nothing is held; asked
     * again and again until the peer's leader has answered or the interest has ended.
     */
    void confirm(DatacenterId peer, DataInfoId id);
}
