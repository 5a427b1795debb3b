package io.twinspan.registry.ops.bench;

import java.util.Locale;

/** The figures of a failover, by what is done to get them. */
public enum FailoverRow {
    /** A run in order; clients follow their lists, which they ask for every 30 s. */
    PLANNED,
    /** The same with clients that are forwarded by agents. */
    PLANNED_AGENT,
    /** The east's session is killed. */
    KILLED,
    /** The same with clients that are forwarded by agents. */
    KILLED_AGENT,
    /** A forced run while the link is cut. */
    FORCED;

    /** The name in options. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    FailoverMeasurement measurement() {
        return switch (this) {
            case PLANNED -> new PlannedMeasurement(false);
            case PLANNED_AGENT -> new PlannedMeasurement(true);
            case KILLED -> new KilledMeasurement(false);
            case KILLED_AGENT -> new KilledMeasurement(true);
            case FORCED -> new ForcedMeasurement();
        };
    }
}
