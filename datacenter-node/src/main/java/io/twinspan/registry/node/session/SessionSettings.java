package io.twinspan.registry.node.session;

import io.twinspan.registry.node.session.crowd.AwaySettings;
import io.twinspan.registry.node.session.crowd.CrowdSettings;
import io.twinspan.registry.node.session.crowd.MoveSettings;
import io.twinspan.registry.node.session.push.PushSettings;
import java.time.Duration;

/**
 * Bounds of the session role.
 *
 * @param zone of this session; filters scope zone, and clients are told that they are in it
 * @param ownFirstThreshold scope global is shown the peers when own has fewer addresses than this
 * @param renewEvery how often data nodes are told what this session has
 * @param auditEvery how often what is held is compared with the slot leaders
 * @param callTimeout of a call to a data node
 * @param retryFirst pause before a failed call is tried again; doubled each time, with jitter
 * @param retryMost longest such pause
 * @param mostChanges registrations in one call
 * @param mostChangeBytes about how much in one call; a single registration always goes
 * @param mostQueries datums asked for in one call
 * @param mostQueued changes that wait for data nodes; beyond it they are left to the comparison of digests
 * @param mostOffered superseded registrations offered to slot leaders again with each renewal
 * @param mostTakenBack takings back remembered that came over another connection than the registration
 * @param crowd what happens when many connections close at once
 * @param move how clients are sent to other sessions
 * @param away how clients are sent to another datacenter
 */
public record SessionSettings(
        String zone,
        int ownFirstThreshold,
        Duration renewEvery,
        Duration auditEvery,
        Duration callTimeout,
        Duration retryFirst,
        Duration retryMost,
        int mostChanges,
        int mostChangeBytes,
        int mostQueries,
        int mostQueued,
        int mostOffered,
        int mostTakenBack,
        PushSettings push,
        CrowdSettings crowd,
        MoveSettings move,
        AwaySettings away) {
    /** Refuses what cannot work, naming the key. */
    public SessionSettings {
        if (zone.isBlank()) {
            throw new IllegalArgumentException("session.zone is empty");
        }
        check("session.own-first-threshold", ownFirstThreshold, 1, 1_000_000);
        check("session.most-changes", mostChanges, 1, 100_000);
        check("session.most-change-bytes", mostChangeBytes, 1, 16 << 20);
        check("session.most-queries", mostQueries, 1, 10_000);
        check("session.most-queued", mostQueued, 1, 10_000_000);
        check("session.most-offered", mostOffered, 1, 100_000);
        check("session.most-taken-back", mostTakenBack, 1, 10_000_000);
        check("session.renew-every", renewEvery, Duration.ofMillis(10), Duration.ofSeconds(10));
        check("session.audit-every", auditEvery, renewEvery, Duration.ofMinutes(10));
        check("session.call-timeout", callTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        check("session.retry-first", retryFirst, Duration.ofMillis(1), Duration.ofMinutes(1));
        check("session.retry-most", retryMost, retryFirst, Duration.ofMinutes(10));
    }

    /** The defaults. */
    public static SessionSettings standard() {
        return new SessionSettings(
                "DEFAULT_ZONE",
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofMillis(50),
                Duration.ofSeconds(2),
                1000,
                8 << 20,
                2000,
                500_000,
                1000,
                10_000,
                PushSettings.standard(),
                CrowdSettings.standard(),
                MoveSettings.standard(),
                AwaySettings.standard());
    }

    /** The defaults with another zone. */
    public static SessionSettings standard(String zone) {
        return standard().with(zone, standard().crowd, standard().move);
    }

    /** The same with another zone and other rules for many clients at once. */
    public SessionSettings with(String otherZone, CrowdSettings otherCrowd, MoveSettings otherMove) {
        return new SessionSettings(
                otherZone,
                ownFirstThreshold,
                renewEvery,
                auditEvery,
                callTimeout,
                retryFirst,
                retryMost,
                mostChanges,
                mostChangeBytes,
                mostQueries,
                mostQueued,
                mostOffered,
                mostTakenBack,
                push,
                otherCrowd,
                otherMove,
                away);
    }

    /** The same with other pushes. */
    public SessionSettings with(PushSettings otherPush) {
        return new SessionSettings(
                zone,
                ownFirstThreshold,
                renewEvery,
                auditEvery,
                callTimeout,
                retryFirst,
                retryMost,
                mostChanges,
                mostChangeBytes,
                mostQueries,
                mostQueued,
                mostOffered,
                mostTakenBack,
                otherPush,
                crowd,
                move,
                away);
    }

    /** The same with other ways to send clients to another datacenter. */
    public SessionSettings with(AwaySettings otherAway) {
        return new SessionSettings(
                zone,
                ownFirstThreshold,
                renewEvery,
                auditEvery,
                callTimeout,
                retryFirst,
                retryMost,
                mostChanges,
                mostChangeBytes,
                mostQueries,
                mostQueued,
                mostOffered,
                mostTakenBack,
                push,
                crowd,
                move,
                otherAway);
    }

    private static void check(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", which is not between " + least + " and " + most);
        }
    }
}
