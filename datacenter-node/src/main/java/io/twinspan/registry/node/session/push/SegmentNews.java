package io.twinspan.registry.node.session.push;

/** What an answer about a segment means to the session. */
public enum SegmentNews {
    /** There is other content, or the same is confirmed for more subscribers: plan pushes. */
    CHANGED,
    /** Nothing follows from it. */
    NOTHING,
    /** The slot leader answers an older version than the session holds: it has to be raised. */
    LEADER_IS_BEHIND
}
