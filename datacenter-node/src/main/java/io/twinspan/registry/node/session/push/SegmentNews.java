package io.twinspan.registry.node.session.push;

/** What an answer about a segment means to the session. */
public enum SegmentNews {
    /** There is other content: plan pushes to everybody. */
    CHANGED,
    /** The content is the same and confirmed for more subscribers: plan pushes to those that waited for it. */
    CONFIRMED,
    /** Nothing follows from it. */
    NOTHING,
    /** The slot leader answers an older version than the session holds: it has to be raised. */
    LEADER_IS_BEHIND
}
