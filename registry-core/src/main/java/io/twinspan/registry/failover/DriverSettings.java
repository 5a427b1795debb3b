package io.twinspan.registry.failover;

import java.time.Duration;

/**
 * Bounds of driving a run.
 *
 * @param pause between two looks at a step, and so between two renewals of a grant
 * @param stepWithin how long a step before the commit may take before the run is undone; the same for one step of an undoing before
 *     it is given up
 * @param moveWithin how long clients may take to move before the rest is left and named
 */
public record DriverSettings(Duration pause, Duration stepWithin, Duration moveWithin) {
    /** Refuses bounds that are not positive. */
    public DriverSettings {
        if (pause.isZero()
                || pause.isNegative()
                || stepWithin.compareTo(pause) < 0
                || moveWithin.compareTo(pause) < 0) {
            throw new IllegalArgumentException("failover bounds: pause " + pause + " must be positive, step-within "
                    + stepWithin + " and move-within " + moveWithin + " no shorter");
        }
    }

    /** Looks each second, 60 s for a step, 180 s for moving. */
    public static DriverSettings standard() {
        return new DriverSettings(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(180));
    }

    Duration within(FailoverStep step) {
        return step == FailoverStep.MOVE ? moveWithin : stepWithin;
    }
}
