package io.twinspan.registry.sync;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import java.util.function.Supplier;

/**
 * What the sync is plugged into.
 *
 * @param node this data node
 * @param incarnation of the own meta group as it is known now; announcements wait while it is {@link Incarnation#NONE}
 */
public record SyncPorts(
        NodeId node,
        ForeignDatums foreign,
        PeerClient peers,
        AnnouncementChannel channel,
        Supplier<Incarnation> incarnation) {}
