package io.twinspan.registry.ops.rolling;

/** How far a rolling restart is. */
public enum RollingOutcome {
    /** It goes on, or was cut off: whoever ran it has ended without a word. */
    RUNNING,
    /** It has stopped by itself, and waits for an operator. */
    HALTED,
    /** All nodes are restarted and well. */
    DONE
}
