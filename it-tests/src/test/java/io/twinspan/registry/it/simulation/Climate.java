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
    ISLAND,
    /** A data node joins late, and nothing breaks. */
    GROWING,
    /** Two or three datacenters, with faults between them, and in some of them. */
    FEDERATION;

    static Climate of(Seed seed) {
        if (seed.random("is a federation").nextInt(3) == 0) {
            return FEDERATION;
        }
        Random random = seed.random("climate");
        return switch (random.nextInt(16)) {
            case 0, 1 -> CALM;
            case 2, 3 -> HEADLESS;
            case 4, 5 -> ISLAND;
            case 6 -> GROWING;
            default -> STORM;
        };
    }

    /** True when sessions, data nodes and what is between them are well all the time, and stay as they are. */
    boolean isGentle() {
        return this != STORM && this != GROWING && this != FEDERATION;
    }
}
