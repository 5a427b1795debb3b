package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.sync.announce.PeerTable;

/**
 * A data node takes a version of a peer's datum for what is true now.
 *
 * @param table what it knows of the peer
 */
record Current(
        SimulatedWorld world,
        SimulatedNode node,
        DatacenterId peer,
        DataInfoId id,
        DatumVersion version,
        PeerTable table) {}
