package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.policy.FetchPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What is held of peer datacenters. Port, implemented by the data role; none of its methods may block. */
public interface ForeignDatums {
    /** The version held of a peer's datum; {@link DatumVersion#NONE} when nothing is held. Called on any thread. */
    DatumVersion held(DatacenterId peer, DataInfoId id);

    /** When a peer's service is fetched here, as operators decided. Called on any thread. */
    default FetchPolicy policy(DatacenterId peer, DataInfoId id) {
        return FetchPolicy.LAZY;
    }

    /** True when an operator decided that nothing of this peer is fetched. Called on any thread. */
    default boolean isOff(DatacenterId peer) {
        return false;
    }

    /**
     * True while clients move between this datacenter and the peer: then everything of it that is led here is held, at once and
     * whoever subscribes. Called on any thread.
     */
    default boolean isMovingWith(DatacenterId peer) {
        return false;
    }

    /** True when this node leads the slot of a datum, and so keeps it warm if that is the policy. Called on any thread. */
    default boolean isLedHere(DataInfoId id) {
        return false;
    }

    /** Content that the leader in the datum's own datacenter stands behind as of now; the newest version wins. */
    void install(Datum datum);

    /** The peer's leader says that this version, which is held, is right as of now. */
    void confirmed(DatacenterId peer, DataInfoId id, DatumVersion version);

    /** The peer names these versions as of now, and its roots agree: what is held under the same version is right. */
    void agreed(DatacenterId peer, Map<DataInfoId, DatumVersion> versions);

    /** What is really held of a peer in the slots led here, each with the hash of its content. */
    CompletionStage<List<DigestEntry>> holding(DatacenterId peer);
}
