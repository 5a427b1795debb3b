package io.twinspan.registry.node.data;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.node.membership.ClusterView;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;

/**
 * What the data role stands on.
 *
 * @param loop owns everything mutable of the role; not shared with another role, because a full write-behind queue holds it up
 */
public record DataPorts(
        HybridClock clock, EventLoop loop, PeerClient peers, ClusterView cluster, SnapshotStore store) {}
