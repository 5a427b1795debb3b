package io.twinspan.registry.config;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/**
 * Another datacenter of the federation, as this one reaches it.
 *
 * @param kafka the cluster it announces in; in one shared by all it is the same as the own one
 * @param meta its metas' ports for peers
 */
public record PeerDatacenter(DatacenterId datacenter, KafkaCluster kafka, List<Endpoint> meta) {
    /** Copies the addresses; refuses a peer that could not be reached at all. */
    public PeerDatacenter {
        meta = List.copyOf(meta);
        if (kafka.isBlank()) {
            throw new IllegalArgumentException(
                    "peers: datacenter '" + datacenter + "' has no kafka; name the bootstrap servers it announces in");
        }
        if (meta.isEmpty()) {
            throw new IllegalArgumentException("peers: datacenter '" + datacenter
                    + "' has no meta; name HOST:PORT of its metas, by default port 9612");
        }
    }

    /** One cluster is used in one way: two sets of credentials for it would be a mistake that is found much later. */
    static void refuseTwoWaysIn(KafkaCluster own, PeerDatacenter peer) {
        if (own.bootstrap().equals(peer.kafka().bootstrap()) && !own.equals(peer.kafka())) {
            throw new IllegalArgumentException(
                    "peers: datacenter '" + peer.datacenter() + "' announces in our own cluster " + own.bootstrap()
                            + " and has another kafka-client; leave it out, ours is used");
        }
    }
}
