package io.twinspan.registry.slot.plan;

/** How long ago a data node that is a member was heard of. One that is no member any more has none. */
public enum Presence {
    /** Within the promotion time. */
    HEARD,
    /** Not within the promotion time: a follower that has everything leads in its place. */
    SILENT,
    /** Not within twice the promotion time: any follower does. */
    LOST
}
