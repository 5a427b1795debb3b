package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import java.util.List;

/**
 * How the sync between datacenters fares, as one data node sees it.
 *
 * @param isConnected whether own announcements can be written now
 * @param problem why own topics cannot be used; empty when they can
 * @param ledSlots slots that this node announces
 * @param announced entries announced since the start
 * @param waiting own datums whose newest version waits to be announced
 * @param notTaken announcements that the way had no room for; peers have asked, or will
 * @param fulls slots announced whole since the start
 */
public record SyncStatus(
        DatacenterId own,
        NodeId node,
        boolean isConnected,
        String problem,
        int ledSlots,
        long announced,
        int waiting,
        long notTaken,
        long fulls,
        List<PeerStatus> peers) {
    /** Copies the peers. */
    public SyncStatus {
        peers = List.copyOf(peers);
    }
}
