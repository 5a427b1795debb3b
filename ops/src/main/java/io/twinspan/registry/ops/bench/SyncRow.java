package io.twinspan.registry.ops.bench;

import java.util.Locale;

/** The figures of the sync between datacenters, by what is done to get them. */
public enum SyncRow {
    /** The peer's loss, and Kafka's, and own pushes. */
    LOSS,
    /** A cut, and how soon both sides agree after it. */
    CUT,
    /** From publishing on one side to being shown on the other. */
    LATENCY,
    /** Bytes that cross for a changed service. */
    BYTES,
    /** All of a large registry, by an empty datacenter. */
    PULL,
    /** What crosses while nothing happens. */
    IDLE;

    /** The name in options. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    SyncMeasurement measurement() {
        return switch (this) {
            case LOSS -> new LossMeasurement();
            case CUT -> new CutMeasurement();
            case LATENCY -> new LatencyMeasurement();
            case BYTES -> new BytesMeasurement();
            case PULL -> new PullMeasurement();
            case IDLE -> new IdleMeasurement();
        };
    }
}
