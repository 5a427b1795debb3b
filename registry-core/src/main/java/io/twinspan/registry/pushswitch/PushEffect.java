package io.twinspan.registry.pushswitch;

/** What a push would do to the list that a client shows. */
public enum PushEffect {
    /** The client has been given nothing since it came. */
    FIRST_LIST,
    /** Nothing that the client shows goes away. */
    ADDITION,
    /** The same once more, under another number. */
    REPETITION,
    /** Something that the client shows goes away. */
    REMOVAL
}
