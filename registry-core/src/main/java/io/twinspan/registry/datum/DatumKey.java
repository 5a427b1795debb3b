package io.twinspan.registry.datum;

import io.twinspan.registry.datacenter.DatacenterId;

/** Names one datum among those of all datacenters. */
public record DatumKey(DatacenterId datacenter, DataInfoId id) {
    /** The name of this one. */
    public static DatumKey of(Datum datum) {
        return new DatumKey(datum.datacenter(), datum.id());
    }
}
