package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ClusterState;

/**
 * What one role of a node holds of its datacenter from now on; of a meta, what it says while it leads.
 *
 * @param life of the node's process
 */
record Told(SimulatedNode node, NodeRole role, long life, ClusterState state) {}
