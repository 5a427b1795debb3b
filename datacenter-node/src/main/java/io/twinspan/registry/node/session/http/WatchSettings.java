package io.twinspan.registry.node.session.http;

import java.time.Duration;

/**
 * Bounds of what is read over HTTP.
 *
 * @param mostReaders most that read or are answered at one time; further ones are refused with 503
 * @param firstWithin longest that one answer waits for the own datacenter's addresses
 * @param peersWithin how much longer it waits for those of peers
 * @param agesFor how long an answer about how old the addresses of a service are is good for all who read it
 * @param ageEvery how often a stream is told how old its addresses are
 * @param slowAfter a reader that takes nothing for this long is dropped
 * @param staleAfter addresses that their datacenter has not confirmed for this long are called stale
 */
public record WatchSettings(
        int mostReaders,
        Duration firstWithin,
        Duration peersWithin,
        Duration agesFor,
        Duration ageEvery,
        Duration slowAfter,
        Duration staleAfter) {
    /** Refuses bounds that are none. */
    public WatchSettings {
        if (mostReaders < 0) {
            throw new IllegalArgumentException("twinspan.session.http.most-readers is " + mostReaders + ", below 0");
        }
        positive("first-within", firstWithin);
        positive("peers-within", peersWithin);
        positive("ages-for", agesFor);
        positive("age-every", ageEvery);
        positive("slow-after", slowAfter);
        positive("stale-after", staleAfter);
    }

    /** 1 000 readers; answers within 2 s and 300 ms more for peers; ages shared for 100 ms, told every 10 s; dropped after 10 s; stale after 60 s. */
    public static WatchSettings standard() {
        return new WatchSettings(
                1_000,
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    /** The same with another number of readers, and another time after which what peers said is stale. */
    public WatchSettings with(int readers, Duration stale) {
        return new WatchSettings(readers, firstWithin, peersWithin, agesFor, ageEvery, slowAfter, stale);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("twinspan.session.http." + key + " is " + value + ", not above 0");
        }
    }
}
