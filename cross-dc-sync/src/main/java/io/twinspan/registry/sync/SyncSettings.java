package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Settings of the sync between datacenters.
 *
 * @param own the own datacenter
 * @param kafkaBootstrap {@code host:port,…} of the cluster that the own announcements are written to
 * @param peers may be empty
 */
public record SyncSettings(DatacenterId own, String kafkaBootstrap, List<PeerSettings> peers, SyncLimits limits) {
    /** Copies the peers; refuses a datacenter named twice, and the own one among the peers. */
    public SyncSettings {
        peers = List.copyOf(peers);
        if (kafkaBootstrap.isBlank()) {
            throw new IllegalArgumentException("sync.kafka-bootstrap is empty");
        }
        Set<DatacenterId> seen = new HashSet<>(Set.of(own));
        for (PeerSettings peer : peers) {
            if (!seen.add(peer.datacenter())) {
                throw new IllegalArgumentException("sync.peers: datacenter " + peer.datacenter() + " is named twice");
            }
        }
    }
}
