package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The datums of one slot by datacenter; the own one is one of them. */
final class DatumStore {
    private final Map<DatacenterId, Map<DataInfoId, Datum>> datums = new HashMap<>();

    Optional<Datum> find(DatacenterId datacenter, DataInfoId id) {
        return Optional.ofNullable(datums.getOrDefault(datacenter, Map.of()).get(id));
    }

    /** Keeps a datum, unless it says nothing at all. */
    void put(Datum datum) {
        if (datum.version().equals(DatumVersion.NONE)
                && datum.count() == 0
                && datum.tombstones().isEmpty()) {
            datums.getOrDefault(datum.datacenter(), new HashMap<>()).remove(datum.id());
        } else {
            datums.computeIfAbsent(datum.datacenter(), ignored -> new HashMap<>())
                    .put(datum.id(), datum);
        }
    }

    /** Copy, so that the caller may change the store while it walks. */
    List<Datum> of(DatacenterId datacenter) {
        return List.copyOf(datums.getOrDefault(datacenter, Map.of()).values());
    }

    /** Everything held, of all datacenters. */
    List<Datum> all() {
        return datums.values().stream().flatMap(each -> each.values().stream()).toList();
    }

    Collection<DatacenterId> datacenters() {
        return Set.copyOf(datums.keySet());
    }
}
