package io.twinspan.registry.slot;

import io.twinspan.registry.datacenter.NodeId;

/** Who leads one slot, and under which epoch. */
public record Slot(SlotId id, NodeId leader, LeaderEpoch epoch) {}
