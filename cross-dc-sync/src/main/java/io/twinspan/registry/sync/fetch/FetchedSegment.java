package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Leadership;
import java.util.Optional;

/** One peer's datums as they are held here: where fetched ones go. Port. */
public interface FetchedSegment {
    /** Whose datums. */
    DatacenterId peer();

    /** The leadership by which the newest known announcement of a datum's slot was made. */
    Leadership namedBy(DataInfoId id);

    /** The newest announcement of a datum that is to be acted on, when it is newer than what is held. */
    Optional<DigestEntry> announced(DataInfoId id);

    /** A later leader than the one that announced it says that this is what there is, although it is older. */
    void corrected(DigestEntry entry, Leadership by);

    /** The version held; {@link DatumVersion#NONE} when nothing is. */
    DatumVersion held(DataInfoId id);

    /** True when what is held is that there is nothing. */
    boolean isHeldEmpty(DataInfoId id);

    /** Content that the peer's leader stands behind as of now. */
    void install(Datum datum);

    /** The peer's leader says that what is held is right as of now. */
    void confirmed(DataInfoId id, DatumVersion version);
}
