package io.twinspan.registry.runtime;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;

/** Who sent a request: one role of one node of one datacenter. */
public record Caller(DatacenterId datacenter, NodeId node, NodeRole role) {}
