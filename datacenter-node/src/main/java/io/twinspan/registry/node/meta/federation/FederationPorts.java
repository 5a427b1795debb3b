package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.List;
import java.util.Map;

/**
 * What the conversation with peers runs on.
 *
 * @param own the datacenter that speaks
 * @param peers where the metas of each peer answer metas
 * @param client calls as the meta role
 * @param clock dates what is told to operators
 */
public record FederationPorts(
        DatacenterId own,
        Map<DatacenterId, List<Endpoint>> peers,
        PeerClient client,
        EventLoop loop,
        HybridClock clock) {
    /** Copies the addresses; refuses a peer without any. */
    public FederationPorts {
        peers = Map.copyOf(peers);
        peers.forEach((peer, metas) -> {
            if (metas.isEmpty()) {
                throw new IllegalArgumentException("peer " + peer + " has no meta");
            }
        });
    }
}
