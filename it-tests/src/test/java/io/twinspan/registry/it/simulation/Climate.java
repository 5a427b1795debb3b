package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Seed;
import java.util.Random;

/** What kinds of faults one world has. */
enum Climate {
    /** Everything. */
    STORM,
    /** None; only the clients are busy. */
    CALM,
    /** The meta groups lose their majorities, and nothing else breaks. */
    HEADLESS,
    /** The other datacenter and the topics are away at times, and nothing else breaks. */
    ISLAND;

    static Climate of(Seed seed) {
        Random random = seed.random("climate");
        return switch (random.nextInt(8)) {
            case 0 -> CALM;
            case 1 -> HEADLESS;
            case 2 -> ISLAND;
            default -> STORM;
        };
    }
}
