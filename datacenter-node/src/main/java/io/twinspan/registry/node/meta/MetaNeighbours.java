package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.PeerClient;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a meta reaches the other metas of its datacenter, and those of the peers.
 *
 * @param client calls as the meta role
 * @param others where the other configured metas answer metas; empty for a lone one
 * @param answering from a member's raft address to where it answers metas
 * @param peers where the metas of each peer datacenter answer metas
 */
public record MetaNeighbours(
        PeerClient client,
        List<Endpoint> others,
        UnaryOperator<Endpoint> answering,
        Map<DatacenterId, List<Endpoint>> peers) {
    /** Copies the addresses. */
    public MetaNeighbours {
        others = List.copyOf(others);
        peers = Map.copyOf(peers);
    }

    /** Of a datacenter without peers. */
    public MetaNeighbours(PeerClient client, List<Endpoint> others, UnaryOperator<Endpoint> answering) {
        this(client, others, answering, Map.of());
    }

    /** For groups whose members all keep the same distance between their ports, each on whatever host and offset. */
    public static UnaryOperator<Endpoint> sameDistance(Endpoint raft, Endpoint forMetas) {
        return member -> new Endpoint(member.host(), member.port() - raft.port() + forMetas.port());
    }
}
