package io.twinspan.registry.sync.announce;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;

/**
 * Who says something to the peers, and when.
 *
 * @param datacenter of which; a datacenter speaks of its own datums only
 * @param sentAt the sender's clock, merged by the receiver
 */
public record Sender(DatacenterId datacenter, NodeId node, Stamp sentAt) {}
