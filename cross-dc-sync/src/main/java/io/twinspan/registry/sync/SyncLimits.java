package io.twinspan.registry.sync;

import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.sync.fetch.FetchPacing;
import io.twinspan.registry.sync.fetch.GuardSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Bounds of the sync between datacenters.
 *
 * @param mergeWindow shortest time between two rounds of announcements; a change that finds none under way goes at once
 * @param announceQueue most announcements that wait for Kafka; beyond it only the newest of each datum is kept
 * @param announceBatch most datums in one announcement
 * @param fetchBatch most datums in one fetch request
 * @param fetchesInFlight most fetch requests under way to one peer
 * @param fetchTimeout of one request to a peer
 * @param confirmPause shortest time between two questions to a peer about one datum that is held
 * @param retryMin wait before the first retry
 * @param retryMax longest wait before a retry
 * @param announce bounds of the announcement protocol
 * @param guard when a peer's data nodes are left alone
 */
public record SyncLimits(
        Duration mergeWindow,
        int announceQueue,
        int announceBatch,
        int fetchBatch,
        int fetchesInFlight,
        Duration fetchTimeout,
        Duration confirmPause,
        Duration retryMin,
        Duration retryMax,
        AnnounceLimits announce,
        GuardSettings guard) {
    /** At most so many, so that an announcement of the longest names still fits Kafka's default record size of 1 MiB. */
    private static final int MOST_ANNOUNCED = 256;

    /** Refuses bounds that are none. */
    public SyncLimits {
        between("merge-window", mergeWindow, Duration.ZERO, Duration.ofSeconds(1));
        between("announce-queue", announceQueue, 1_000_000);
        between("announce-batch", announceBatch, MOST_ANNOUNCED);
        between("fetch-batch", fetchBatch, FetchDatums.MAX_QUERIES);
        between("fetches-in-flight", fetchesInFlight, 1_000);
        between("fetch-timeout", fetchTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
        between("confirm-pause", confirmPause, Duration.ZERO, Duration.ofMinutes(1));
        between("retry-min", retryMin, Duration.ofMillis(1), Duration.ofMinutes(1));
        between("retry-max", retryMax, retryMin, Duration.ofHours(1));
    }

    /** The defaults. */
    public static SyncLimits standard() {
        return new SyncLimits(
                Duration.ofMillis(3),
                4_096,
                256,
                256,
                4,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                AnnounceLimits.standard(),
                GuardSettings.standard());
    }

    FetchPacing pacing(RandomGenerator random) {
        return new FetchPacing(
                fetchBatch, fetchesInFlight, fetchTimeout, confirmPause, retryMin, retryMax, guard, random);
    }

    static void between(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("sync." + key + " is " + value + ", not between 1 and " + most);
        }
    }

    static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "sync." + key + " is " + value + ", not between " + least + " and " + most);
        }
    }
}
