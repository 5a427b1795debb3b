package io.twinspan.registry.datacenter;

/** What a node does. One process may have any subset of the roles. */
public enum NodeRole {
    /** Keeps membership, slot table and provided configuration, agreed by raft. */
    META,
    /** Keeps datums, sharded by slot. */
    DATA,
    /** Keeps the clients' connections. */
    SESSION
}
