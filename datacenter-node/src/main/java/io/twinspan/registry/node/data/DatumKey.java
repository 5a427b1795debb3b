package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;

/** Names one datum among those of all datacenters. */
record DatumKey(DatacenterId datacenter, DataInfoId id) {
    static DatumKey of(Datum datum) {
        return new DatumKey(datum.datacenter(), datum.id());
    }
}
