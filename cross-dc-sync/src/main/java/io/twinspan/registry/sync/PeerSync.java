package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;

/** What the data role asks of the side that talks to peers. Port; all methods may be called on any thread and never block. */
public interface PeerSync {
    /** An own datum has another version. */
    void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry);

    /** Somebody here wants the peers' datums of this service, or nobody does any more. Saying the same twice does nothing. */
    void interest(DataInfoId id, boolean isWanted);

    /** A subscriber arrived: ask the peer whether what is held of this datum is still right. */
    void confirm(DatacenterId peer, DataInfoId id);
}
