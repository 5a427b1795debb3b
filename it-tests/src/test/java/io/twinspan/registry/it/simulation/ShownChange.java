package io.twinspan.registry.it.simulation;

import java.util.List;
import java.util.SortedSet;

/**
 * What one push did to what one subscriber shows.
 *
 * @param since for each address of {@code before}, since when it had been shown
 */
record ShownChange(
        SimulatedWorld world,
        Subscription subscriber,
        SortedSet<String> before,
        List<Long> since,
        SortedSet<String> after) {}
