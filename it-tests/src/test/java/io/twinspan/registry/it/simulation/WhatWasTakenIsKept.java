package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.simulation.Invariant;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * D10, looked at when a data node dies out of good weather: what was acknowledged a while before is on the disks. A second is more
 * than the write-behind, because a client's acknowledgement comes before the data node has heard of it.
 */
record WhatWasTakenIsKept(SimulatedNode died) implements Invariant<SimulatedWorld> {
    private static final Duration A_WHILE = Duration.ofSeconds(1);

    @Override
    public List<String> violations(SimulatedWorld world) {
        if (!died.has(NodeRole.DATA)) {
            return List.of();
        }
        world.coverage().checked("D10");
        Set<String> kept = new HashSet<>();
        for (SimulatedNode node : world.nodes(died.datacenter())) {
            node.onDisk().forEach(datum -> datum.publishers().forEach(each -> kept.addAll(each.addresses())));
        }
        long before = world.time().nanos() - A_WHILE.toNanos();
        return world.publications().stream()
                .filter(each -> each.client().datacenter().equals(died.datacenter()))
                .filter(each -> each.isWanted() && each.acknowledgedNanos() < before)
                .map(Publication::address)
                .filter(address -> !kept.contains(address))
                .map(address -> "D10 " + address + " was acknowledged and is on no disk")
                .toList();
    }
}
