package io.twinspan.registry.simulation;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * All chance of one simulated run. The same seed takes the same way each time, so a failure is told by its seed and replayed with
 * {@code -Dsimulation.seed=N}; {@code -Dsimulation.seeds=N} runs more of them than a build does.
 *
 * @param value any number
 */
public record Seed(long value) {
    /** System property that names the one seed to run. */
    public static final String PROPERTY = "simulation.seed";

    /** System property that says how many seeds to run. */
    public static final String COUNT_PROPERTY = "simulation.seeds";

    /** The seed named by {@link #PROPERTY}, else as many as {@link #COUNT_PROPERTY} says, else {@code count}, from 1 on. */
    public static LongStream chosen(int count) {
        Long one = Long.getLong(PROPERTY);
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Integer.getInteger(COUNT_PROPERTY, count));
    }

    /** A source of chance of its own for each purpose, so that one more draw in one place changes nothing elsewhere. */
    public Random random(String purpose) {
        return new Random(value * 0x9e3779b97f4a7c15L + purpose.hashCode());
    }

    @Override
    public String toString() {
        return "seed " + value + " (again: -D" + PROPERTY + "=" + value + ")";
    }
}
