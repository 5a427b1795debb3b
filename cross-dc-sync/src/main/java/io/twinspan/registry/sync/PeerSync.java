package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.FetchSlotDigest;
import io.twinspan.registry.message.FetchSlotRoots;
import io.twinspan.registry.message.SlotDigest;
import io.twinspan.registry.message.SlotRoots;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.LedStart;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the data role tells the sync, and what the sync answers for it. Port; may be called on any thread and never blocks. */
public interface PeerSync {
    /** This node leads a slot, and its content is the truth: from now on the peers may be told of it. */
    void lead(LedStart start);

    /** This node does not lead the slot any more. */
    void unlead(SlotId slot);

    /** A datum of the own datacenter has changed, in a slot that is led; the peers are to know. */
    void announce(SlotId slot, LeaderEpoch epoch, DigestEntry entry);

    /** A peer asks what the slots led here come to. */
    CompletionStage<SlotRoots> answer(FetchSlotRoots request);

    /** A peer asks for all that is announced of a slot. */
    CompletionStage<SlotDigest> answer(FetchSlotDigest request);

    /**
     * Somebody here looks beyond the own datacenter for this service, or nobody does any more. While somebody does, what peers
     * announce of it is fetched.
     */
    void interest(DataInfoId id, boolean isWanted);

    /** Other slots are led here, or operators have decided anew what is fetched when: what was announced is looked at again. */
    default void replan() {}

    /** What of a peer is not held here although it should be; everything when the peer is not one. */
    default CompletionStage<PeerGap> gap(DatacenterId peer) {
        return CompletableFuture.completedFuture(PeerGap.UNKNOWN);
    }

    /**
     * A subscriber has come: ask the peer whether what is held of it is still right. Does nothing when nothing is held; asked
     * again and again until the peer's leader has answered or the interest has ended.
     */
    void confirm(DatacenterId peer, DataInfoId id);
}
