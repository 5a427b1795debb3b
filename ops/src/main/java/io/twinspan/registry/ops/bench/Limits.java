package io.twinspan.registry.ops.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

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

    static void checkHeap(String heap) {
        if (!heap.matches("[1-9][0-9]{0,6}[mg]")) {
            throw new IllegalArgumentException("--heap is " + heap + ", and must be like 512m or 2g");
        }
    }

    /** Refuses a folder that holds something already. */
    static void checkUnused(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException("--folder " + folder + " is not empty; name one that is");
            }
        } catch (IOException failed) {
            throw new IllegalArgumentException("--folder " + folder + " cannot be read", failed);
        }
    }
}
