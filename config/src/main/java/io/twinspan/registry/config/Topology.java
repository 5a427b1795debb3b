package io.twinspan.registry.config;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The federation as one datacenter sees it.
 *
 * @param local this datacenter
 * @param kafka the cluster this datacenter announces in; none when it is alone
 * @param metaHosts hosts of this datacenter's metas; every node is given all of them
 * @param peers the other datacenters
 */
public record Topology(DatacenterId local, KafkaCluster kafka, List<String> metaHosts, List<PeerDatacenter> peers) {
    /** Copies the lists; refuses a datacenter that stands twice, one without metas, and peers without a way to reach them. */
    public Topology {
        metaHosts = List.copyOf(metaHosts);
        peers = List.copyOf(peers);
        if (metaHosts.isEmpty() || metaHosts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("meta: name the hosts of this datacenter's metas");
        }
        Set<DatacenterId> seen = new HashSet<>(Set.of(local));
        for (PeerDatacenter peer : peers) {
            if (!seen.add(peer.datacenter())) {
                throw new IllegalArgumentException("peers: datacenter '" + peer.datacenter()
                        + "' stands twice; every datacenter has a name of its own, and '" + local + "' is this one's");
            }
        }
        if (!peers.isEmpty() && kafka.isBlank()) {
            throw new IllegalArgumentException(
                    "kafka: there are peers but no cluster to announce in; name its bootstrap servers");
        }
        for (PeerDatacenter peer : peers) {
            PeerDatacenter.refuseTwoWaysIn(kafka, peer);
        }
    }
}
