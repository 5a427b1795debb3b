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
import io.twinspan.registry.sync.PeerSync;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Performs what the slots bring about: on the store, towards sessions, towards peers. */
final class RoleEffects implements SlotEffects {
    private final SnapshotStore store;
    private final SessionTable sessions;
    private final ForeignIndex index;
    // Null in a datacenter without peers.
    private @Nullable PeerSync sync;
    private Consumer<DatumWrite> replicas = write -> {};

    RoleEffects(SnapshotStore store, SessionTable sessions, ForeignIndex index) {
        this.store = store;
        this.index = index;
        this.sessions = sessions;
    }

    void connect(PeerSync peerSync) {
        sync = peerSync;
    }

    /** Names who brings changes to followers. */
    void replicate(Consumer<DatumWrite> toReplicas) {
        replicas = toReplicas;
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
        if (sync != null) {
            sync.announce(slot, epoch, entry);
        }
    }

    @Override
    public void wantForeign(DataInfoId id, boolean isWanted) {
        if (sync != null) {
            sync.interest(id, isWanted);
        }
    }

    @Override
    public void heldForeign(DatumKey key, DatumVersion version) {
        index.put(key, version);
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
