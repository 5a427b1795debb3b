package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

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

    /**
     * The slot has settled: the peers may be told of everything that it holds.
     *
     * @param watermark minted for this: nothing held is above it, and everything minted later is
     */
    void leadForPeers(SlotId slot, Leadership leadership, DatumVersion watermark, List<Datum> datums);

    /** The slot is led by somebody else, or by nobody. */
    void unleadForPeers(SlotId slot);

    /** A follower has this content of a slot led here. */
    void onReplicated(SlotId slot, Map<DataInfoId, DatumVersion> there);

    void tellPeers(SlotId slot, LeaderEpoch epoch, DigestEntry entry);

    void wantForeign(DataInfoId id, boolean isWanted);

    /** This is held of a peer's datum here. */
    void heldForeign(Datum datum);

    /** This was held of a peer's datum here, and is not any more. */
    void forgotForeign(Datum datum);

    void confirmForeign(DatacenterId peer, DataInfoId id);
}
