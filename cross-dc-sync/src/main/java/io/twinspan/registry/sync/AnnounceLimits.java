package io.twinspan.registry.sync;

import io.twinspan.registry.sync.announce.PublisherLimits;
import io.twinspan.registry.sync.announce.PullLimits;
import java.time.Duration;

/**
 * Bounds of the announcement protocol.
 *
 * @param mergeMost longest time that changes are gathered before they are announced, when there are many
 * @param summaryEvery how often a node says what its slots come to
 * @param fullEvery each slot is announced whole once in this time without being asked
 * @param emptiedKept how long an emptied datum is still named
 * @param gapWait how long what is missing in an order may still come by itself
 * @param mostAsked most slots of one peer asked for and not answered
 * @param silence a way on which nothing came for this long is not there
 * @param directEvery how often a peer is asked directly while its announcements cannot be read
 * @param shrinkWindow in which services of a peer that become empty are counted
 * @param shrinkPercent of a peer's services that may become empty in it; more are held back
 * @param shrinkLeast fewer than this are never held back
 */
public record AnnounceLimits(
        Duration mergeMost,
        Duration summaryEvery,
        Duration fullEvery,
        Duration emptiedKept,
        Duration gapWait,
        int mostAsked,
        Duration silence,
        Duration directEvery,
        Duration shrinkWindow,
        int shrinkPercent,
        int shrinkLeast) {
    /** Refuses bounds that are none. */
    public AnnounceLimits {
        SyncLimits.between("merge-most", mergeMost, Duration.ZERO, Duration.ofSeconds(1));
        SyncLimits.between("summary-every", summaryEvery, Duration.ofMillis(100), Duration.ofMinutes(1));
        SyncLimits.between("full-every", fullEvery, Duration.ofMinutes(1), Duration.ofDays(7));
        SyncLimits.between("emptied-kept", emptiedKept, Duration.ofMinutes(10), Duration.ofDays(7));
        SyncLimits.between("gap-wait", gapWait, Duration.ZERO, Duration.ofSeconds(10));
        SyncLimits.between("most-asked", mostAsked, 256);
        SyncLimits.between("silence", silence, summaryEvery.multipliedBy(2), Duration.ofMinutes(10));
        SyncLimits.between("direct-every", directEvery, Duration.ofMillis(100), Duration.ofMinutes(10));
        SyncLimits.between("shrink-window", shrinkWindow, Duration.ofSeconds(1), Duration.ofHours(1));
        SyncLimits.between("shrink-percent", shrinkPercent, 100);
        SyncLimits.between("shrink-least", shrinkLeast, Integer.MAX_VALUE);
    }

    /** The defaults. */
    public static AnnounceLimits standard() {
        return new AnnounceLimits(
                Duration.ofMillis(50),
                Duration.ofSeconds(5),
                Duration.ofHours(6),
                Duration.ofHours(24),
                Duration.ofMillis(200),
                64,
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                30,
                10);
    }

    PublisherLimits publisher(int batch) {
        return new PublisherLimits(batch, fullEvery, emptiedKept);
    }

    PullLimits pulls() {
        return new PullLimits(gapWait, mostAsked, silence, emptiedKept, shrinkWindow, shrinkPercent, shrinkLeast);
    }
}
