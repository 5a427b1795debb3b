package io.twinspan.registry.ops.demo;

/** What the demo plays when all is healthy. */
public enum Tale {
    /** Two applications meet across the datacenters. */
    GREETING,
    /** The clients are moved to the other datacenter, that one is lost, comes back, and gets its clients back. */
    FAILOVER
}
