package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.sync.announce.AnnouncementChannel;

/**
 * What the sync is plugged into.
 *
 * @param node this data node
 */
public record SyncPorts(NodeId node, ForeignDatums foreign, PeerClient peers, AnnouncementChannel channel) {}
