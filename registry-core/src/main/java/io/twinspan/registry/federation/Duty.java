package io.twinspan.registry.federation;

/** What a datacenter is there for. It steers resolvers and drains, never whether the datacenter registers and pushes. */
public enum Duty {
    /** Clients of the federation are sent here. */
    ACTIVE,
    /** Complete and in sync, and given no clients while the active one is there. */
    STANDBY,
    /** Its clients are being moved away. */
    DRAINING,
    /** Serves its own and does not know yet what the federation has agreed on. */
    JOINING,
    /** Taken out, or declared lost. */
    DOWN
}
