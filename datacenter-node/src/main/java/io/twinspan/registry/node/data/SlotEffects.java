package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import java.util.Collection;

/** What a slot brings about beyond itself. Called on the loop, in the order: save, then tell. */
interface SlotEffects {
    /** On disk and at the followers. */
    void save(DatumWrite write);

    /** Returns when it is saved, or cannot be. */
    void saveCeiling(SlotId slot, DatumVersion ceiling);

    /**
     * Queues a notice for each of these sessions.
     *
     * @param isSettling told because the slot has settled, not because the datum has changed: at a bounded rate
     */
    void tellSessions(Collection<SessionIncarnation> sessions, DatumNotice notice, boolean isSettling);

    /** These own something here, and were known to the leader before: from now on their leases count. */
    void expectSessions(Collection<SessionIncarnation> owners);

    void tellPeers(SlotId slot, LeaderEpoch epoch, DigestEntry entry);

    void wantForeign(DataInfoId id, boolean isWanted);

    /** A peer's datum is held here under this version. */
    void heldForeign(DatumKey key, DatumVersion version);

    void confirmForeign(DatacenterId peer, DataInfoId id);
}
