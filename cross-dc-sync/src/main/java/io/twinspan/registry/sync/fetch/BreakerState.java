package io.twinspan.registry.sync.fetch;

/** How the breaker towards one peer stands. */
public enum BreakerState {
    /** Calls pass. */
    CLOSED,
    /** Too many have failed; none passes for a while. */
    OPEN,
    /** One call tries. */
    HALF_OPEN
}
