package io.twinspan.registry.sync.announce;

import java.time.Duration;

/**
 * Bounds of what is announced.
 *
 * @param batch most datums in one announcement
 * @param fullEvery each slot is announced whole once in this time without being asked
 * @param emptiedKept how long an emptied datum is still named
 */
public record PublisherLimits(int batch, Duration fullEvery, Duration emptiedKept) {}
