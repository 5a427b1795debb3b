package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/**
 * How a peer datacenter is reached.
 *
 * @param kafkaBootstrap {@code host:port,…} of the cluster that the peer writes its announcements to
 * @param metaEndpoints where its meta nodes take control traffic
 */
public record PeerSettings(DatacenterId datacenter, String kafkaBootstrap, List<Endpoint> metaEndpoints) {
    /** Copies the addresses and refuses a peer that could not be reached. */
    public PeerSettings {
        metaEndpoints = List.copyOf(metaEndpoints);
        if (kafkaBootstrap.isBlank()) {
            throw new IllegalArgumentException("sync.peers: peer " + datacenter + " has an empty kafka-bootstrap");
        }
        if (metaEndpoints.isEmpty()) {
            throw new IllegalArgumentException("sync.peers: peer " + datacenter + " has no meta-endpoints");
        }
    }
}
