package io.twinspan.registry.acvip.client;

import io.twinspan.registry.federation.FederationEpoch;
import java.util.List;
import java.util.Optional;

/** Which servers there are, by datacenter, as one of them tells it. */
public record ServerList(Optional<FederationEpoch> epoch, List<DatacenterServers> datacenters) {
    /** Nothing is known. */
    static final ServerList EMPTY = new ServerList(Optional.empty(), List.of());

    /** Copies the list. */
    public ServerList {
        datacenters = List.copyOf(datacenters);
    }
}
