package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.MoveOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a datacenter stands to a move.
 *
 * @param order that holds there; null for none
 * @param isGranting whether it is the target of a committed order and takes clients
 * @param servers its sessions, where clients connect
 */
public record MoveStanding(@Nullable MoveOrder order, boolean isGranting, List<Endpoint> servers) {
    /** Copies the servers. */
    public MoveStanding {
        servers = List.copyOf(servers);
    }
}
