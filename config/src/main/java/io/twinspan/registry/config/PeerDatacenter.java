package io.twinspan.registry.config;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.util.List;

/**
 * Another datacenter of the federation, as this one reaches it.
 *
 * @param kafka bootstrap servers of the cluster it announces in, {@code host:port[,host:port]}
 * @param meta its metas' ports for peers
 */
public record PeerDatacenter(DatacenterId datacenter, String kafka, List<Endpoint> meta) {
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
}
