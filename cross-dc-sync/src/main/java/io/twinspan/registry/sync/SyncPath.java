package io.twinspan.registry.sync;

/** The way on which a peer's announcements come. */
public enum SyncPath {
    /** Through Kafka. */
    KAFKA,
    /** Asked for over the nodes' own connections, at a slower pace. */
    DIRECT,
    /** Not at all. */
    NONE
}
