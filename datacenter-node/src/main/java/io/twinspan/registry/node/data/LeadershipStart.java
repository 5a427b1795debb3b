package io.twinspan.registry.node.data;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import java.util.Set;

/**
 * How a node begins to lead a slot.
 *
 * @param leadership under which
 * @param snapshot what it holds of it
 * @param others the other replicas; what they hold is taken in first
 * @param listed sessions of the datacenter
 */
record LeadershipStart(
        SlotId id,
        Leadership leadership,
        SlotSnapshot snapshot,
        Warming.Origin origin,
        Set<NodeId> others,
        Set<SessionIncarnation> listed) {}
