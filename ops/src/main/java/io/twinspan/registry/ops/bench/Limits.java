package io.twinspan.registry.ops.bench;

/** Keeps a slip of the finger from taking a registry down. */
final class Limits {
    private Limits() {}

    static int check(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(
                    option + " is " + value + ", and must be from " + lowest + " to " + highest);
        }
        return value;
    }
}
