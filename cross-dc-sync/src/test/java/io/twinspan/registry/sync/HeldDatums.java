package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Foreign datums in memory, with everything that was told about them. */
final class HeldDatums implements ForeignDatums {
    final List<Datum> installs = new ArrayList<>();
    final List<DatumVersion> confirmations = new ArrayList<>();
    final Map<DataInfoId, DatumVersion> agreed = new HashMap<>();
    FetchPolicy policy = FetchPolicy.LAZY;
    boolean isLed = true;
    boolean isOff;
    boolean isUnreadable;
    final Map<DataInfoId, Datum> content = new HashMap<>();
    private final Map<DataInfoId, DatumVersion> versions = new HashMap<>();

    void hold(DataInfoId id, DatumVersion version) {
        versions.put(id, version);
    }

    @Override
    public DatumVersion held(DatacenterId peer, DataInfoId id) {
        return versions.getOrDefault(id, DatumVersion.NONE);
    }

    @Override
    public boolean isHeldEmpty(DatacenterId peer, DataInfoId id) {
        Datum datum = content.get(id);
        return datum != null && datum.count() == 0 && datum.version().equals(versions.get(id));
    }

    @Override
    public FetchPolicy policy(DatacenterId peer, DataInfoId id) {
        return isOff ? FetchPolicy.NEVER : policy;
    }

    @Override
    public boolean isOff(DatacenterId peer) {
        return isOff;
    }

    @Override
    public boolean isLedHere(DataInfoId id) {
        return isLed;
    }

    @Override
    public void install(Datum datum) {
        installs.add(datum);
        content.put(datum.id(), datum);
        versions.put(datum.id(), datum.version());
    }

    @Override
    public CompletionStage<List<DigestEntry>> holding(DatacenterId peer) {
        if (isUnreadable) {
            return CompletableFuture.failedFuture(new IllegalStateException("nobody answers"));
        }
        return CompletableFuture.completedFuture(installs.stream()
                .filter(datum -> datum.version().equals(versions.get(datum.id())))
                .map(DigestEntry::of)
                .toList());
    }

    @Override
    public void confirmed(DatacenterId peer, DataInfoId id, DatumVersion version) {
        confirmations.add(version);
    }

    @Override
    public void agreed(DatacenterId peer, Map<DataInfoId, DatumVersion> named) {
        agreed.putAll(named);
    }
}
