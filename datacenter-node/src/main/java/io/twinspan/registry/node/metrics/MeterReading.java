package io.twinspan.registry.node.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One number as of now.
 *
 * @param name words with dots between, as {@code twinspan.sync.lag.seconds}
 * @param labels by name; all readings of one name have the same label names
 * @param isCounter whether it only rises while the process lives
 * @param value {@link Double#NaN} when it is not known
 */
public record MeterReading(String name, SortedMap<String, String> labels, boolean isCounter, double value) {
    /** Copies the labels. */
    public MeterReading {
        labels = new TreeMap<>(labels);
    }

    /** Something that has happened so often. */
    public static MeterReading counter(String name, Map<String, String> labels, long value) {
        return new MeterReading(name, new TreeMap<>(labels), true, (double) value);
    }

    /** Something of which there is so much now. */
    public static MeterReading gauge(String name, Map<String, String> labels, long value) {
        return gauge(name, labels, (double) value);
    }

    /** Something that is so now. */
    public static MeterReading gauge(String name, Map<String, String> labels, double value) {
        return new MeterReading(name, new TreeMap<>(labels), false, value);
    }

    /** Something that is so now, or is not: 1 or 0. */
    public static MeterReading flag(String name, Map<String, String> labels, boolean isTrue) {
        return gauge(name, labels, isTrue ? 1L : 0L);
    }
}
