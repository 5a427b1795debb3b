package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.PeerTable;
import io.twinspan.registry.sync.fetch.FetchedSegment;
import java.util.Optional;

/** The peer's part of what is held, as fetching sees it. */
final class HeldOfPeer implements FetchedSegment {
    private final DatacenterId peer;
    private final PeerTable table;
    private final PeerSegment.Ports ports;
    private final Runnable onQuestion;

    /** @param onQuestion run when the table may have something to ask */
    HeldOfPeer(DatacenterId peer, PeerTable table, PeerSegment.Ports ports, Runnable onQuestion) {
        this.peer = peer;
        this.table = table;
        this.ports = ports;
        this.onQuestion = onQuestion;
    }

    @Override
    public DatacenterId peer() {
        return peer;
    }

    @Override
    public Leadership namedBy(DataInfoId id) {
        return table.leadershipOf(SlotId.of(id));
    }

    @Override
    public Optional<DigestEntry> announced(DataInfoId id) {
        DatumVersion held = held(id);
        return table.find(id, held).filter(entry -> entry.version().isAfter(held));
    }

    @Override
    public void corrected(DigestEntry entry, Leadership by) {
        table.onLaterLeader(SlotId.of(entry.id()), by, ports.loop().nanos());
        onQuestion.run();
    }

    @Override
    public DatumVersion held(DataInfoId id) {
        return ports.foreign().held(peer, id);
    }

    @Override
    public boolean isHeldEmpty(DataInfoId id) {
        return ports.foreign().isHeldEmpty(peer, id);
    }

    @Override
    public void install(Datum datum) {
        table.onAnswered(datum.id());
        ports.foreign().install(datum);
    }

    @Override
    public void confirmed(DataInfoId id, DatumVersion version) {
        ports.foreign().confirmed(peer, id, version);
    }
}
