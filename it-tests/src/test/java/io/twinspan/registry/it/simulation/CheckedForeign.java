package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import io.twinspan.registry.sync.CrossDatacenterSync;
import io.twinspan.registry.sync.ForeignDatums;
import io.twinspan.registry.sync.SyncInspection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a data node holds of its peers; whatever is said to be current there is shown to the checkers first. */
final class CheckedForeign implements ForeignDatums {
    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final ForeignDatums held;

    CheckedForeign(SimulatedWorld world, SimulatedNode node, ForeignDatums held) {
        this.world = world;
        this.node = node;
        this.held = held;
    }

    @Override
    public DatumVersion held(DatacenterId peer, DataInfoId id) {
        return held.held(peer, id);
    }

    @Override
    public boolean isHeldEmpty(DatacenterId peer, DataInfoId id) {
        return held.isHeldEmpty(peer, id);
    }

    @Override
    public FetchPolicy policy(DatacenterId peer, DataInfoId id) {
        return held.policy(peer, id);
    }

    @Override
    public boolean isLedHere(DataInfoId id) {
        return held.isLedHere(id);
    }

    @Override
    public boolean isMovingWith(DatacenterId peer) {
        return held.isMovingWith(peer);
    }

    @Override
    public void install(Datum datum) {
        world.checks().onInstall(datum);
        look(datum.datacenter(), datum.id(), datum.version());
        held.install(datum);
    }

    @Override
    public void confirmed(DatacenterId peer, DataInfoId id, DatumVersion version) {
        look(peer, id, version);
        held.confirmed(peer, id, version);
    }

    @Override
    public void agreed(DatacenterId peer, Map<DataInfoId, DatumVersion> versions) {
        versions.forEach((id, version) -> look(peer, id, version));
        held.agreed(peer, versions);
    }

    @Override
    public CompletionStage<List<DigestEntry>> holding(DatacenterId peer) {
        return held.holding(peer);
    }

    private void look(DatacenterId peer, DataInfoId id, DatumVersion version) {
        CrossDatacenterSync sync = node.sync();
        if (sync != null) {
            world.checks().onCurrent(new Current(world, node, peer, id, version, SyncInspection.tableOf(sync, peer)));
        }
    }
}
