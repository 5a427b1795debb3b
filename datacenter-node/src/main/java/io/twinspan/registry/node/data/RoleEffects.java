package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.PeerGap;
import io.twinspan.registry.sync.PeerSync;
import io.twinspan.registry.sync.announce.LedStart;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Performs what the slots bring about: on the store, towards sessions, towards peers. */
final class RoleEffects implements SlotEffects {
    private final SnapshotStore store;
    private final SessionTable sessions;
    private final ForeignIndex index;
    // Null in a datacenter without peers.
    private @Nullable PeerSync sync;
    private Consumer<DatumWrite> replicas = write -> {};
    private Predicate<SlotId> isFollowed = slot -> false;
    private final OutgoingChanges outgoing;

    RoleEffects(SnapshotStore store, SessionTable sessions, ForeignIndex index, EventLoop loop) {
        this.store = store;
        this.index = index;
        this.sessions = sessions;
        this.outgoing = new OutgoingChanges(loop, slot -> isFollowed.test(slot));
    }

    void connect(PeerSync peerSync) {
        sync = peerSync;
        outgoing.connect(peerSync);
    }

    /**
     * Names who brings changes to followers.
     *
     * @param hasFollower whether anybody follows a slot
     */
    void replicate(Consumer<DatumWrite> toReplicas, Predicate<SlotId> hasFollower) {
        replicas = toReplicas;
        isFollowed = hasFollower;
    }

    @Override
    public void save(DatumWrite write) {
        store.save(write);
        replicas.accept(write);
    }

    @Override
    public void saveCeiling(SlotId slot, DatumVersion ceiling) {
        // The store reports by itself when it cannot write; then the clock alone keeps versions rising over a restart.
        store.saveCeilings(Map.of(slot, ceiling));
    }

    @Override
    public void tellSessions(Collection<SessionIncarnation> interested, DatumNotice notice, boolean isSettling) {
        List.copyOf(interested).forEach(session -> sessions.tell(session, notice, isSettling));
    }

    @Override
    public void expectSessions(Collection<SessionIncarnation> owners) {
        owners.forEach(sessions::expect);
    }

    @Override
    public void tellPeers(SlotId slot, LeaderEpoch epoch, DigestEntry entry) {
        outgoing.add(slot, epoch, entry);
    }

    @Override
    public void leadForPeers(SlotId slot, Leadership leadership, DatumVersion watermark, List<Datum> datums) {
        outgoing.drop(slot);
        if (sync != null) {
            List<DigestEntry> entries = datums.stream()
                    .filter(datum -> !datum.version().equals(DatumVersion.NONE))
                    .map(DigestEntry::of)
                    .toList();
            sync.lead(new LedStart(slot, leadership, watermark, entries));
        }
    }

    @Override
    public void unleadForPeers(SlotId slot) {
        outgoing.drop(slot);
        if (sync != null) {
            sync.unlead(slot);
        }
    }

    @Override
    public void onReplicated(SlotId slot, Map<DataInfoId, DatumVersion> there) {
        outgoing.onReplicated(slot, there);
    }

    @Override
    public void wantForeign(DataInfoId id, boolean isWanted) {
        if (sync != null) {
            sync.interest(id, isWanted);
        }
    }

    @Override
    public void heldForeign(Datum datum) {
        index.put(datum);
    }

    @Override
    public void forgotForeign(Datum datum) {
        index.forget(datum);
    }

    /** What separates this node from holding everything of a peer. */
    CompletionStage<PeerGap> gap(DatacenterId peer) {
        return sync == null ? CompletableFuture.completedFuture(PeerGap.UNKNOWN) : sync.gap(peer);
    }

    void replan() {
        if (sync != null) {
            sync.replan();
        }
    }

    @Override
    public void confirmForeign(DatacenterId peer, DataInfoId id) {
        if (sync != null) {
            sync.confirm(peer, id);
        }
    }
}
