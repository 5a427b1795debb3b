package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;

/** Where the datums of peers are kept once they are fetched. Port; all methods may be called on any thread and never block. */
public interface ForeignDatums {
    /** The version held of a peer's datum, or {@link DatumVersion#NONE}. */
    DatumVersion held(DatacenterId peer, DataInfoId id);

    /** Takes in a datum that the peer's leader has just answered with; an older one than what is held is dropped. */
    void install(Datum datum);

    /** The peer's leader has just answered that this version is still the right one. */
    void confirmed(DatacenterId peer, DataInfoId id, DatumVersion version);
}
