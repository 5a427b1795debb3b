package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;

/**
 * How the sync between datacenters fares.
 *
 * @param isConnected whether own announcements can be written now
 * @param announced entries announced since the start
 * @param waiting own datums whose newest version waits to be announced
 */
public record SyncStatus(DatacenterId own, boolean isConnected, long announced, int waiting, List<PeerStatus> peers) {
    /** Copies the peers. */
    public SyncStatus {
        peers = List.copyOf(peers);
    }
}
