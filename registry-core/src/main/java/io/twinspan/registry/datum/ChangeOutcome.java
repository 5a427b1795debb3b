package io.twinspan.registry.datum;

/** What became of one change. */
public enum ChangeOutcome {
    /** It is in force, now or already before. */
    APPLIED,
    /** Something later is known of this registration; nothing changed. */
    OLDER,
    /** It names an owner that is not the owner; nothing changed. */
    NOT_OWNER,
    /** There is nothing to remove; nothing changed. */
    ABSENT
}
