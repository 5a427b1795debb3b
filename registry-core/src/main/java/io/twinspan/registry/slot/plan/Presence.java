package io.twinspan.registry.slot.plan;

/** How long ago a data node that is a member was heard of. One that is no member any more has none. */
public enum Presence {
    /** Within the promotion time. */
    HEARD,
    /**
     * As {@link #HEARD}, but its clock is so wrong that it takes on no slot: it follows, and goes on leading what it leads, because
     * a clock is set right sooner than content is moved.
     */
    UNFIT,
    /** Not within the promotion time: a follower that has everything leads in its place. */
    SILENT,
    /** Not within twice the promotion time: any follower does. */
    LOST
}
