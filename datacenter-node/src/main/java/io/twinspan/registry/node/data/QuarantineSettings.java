package io.twinspan.registry.node.data;

import java.time.Duration;

/**
 * When removals are held instead of happening, and for how long.
 *
 * @param window removals within this time are counted together
 * @param serviceShare a service that would lose a larger share than this of what it had is held, from 0 to 1
 * @param serviceLeast but not for fewer removals than this, unless their source has lost much as well
 * @param sourceShare a session node or a zone that loses a larger share than this has lost much, from 0 to 1
 * @param bound after this what is held goes after all; operators are warned after half of it
 * @param releasesPerSecond most services that lose what was held in one second because the bound is reached
 * @param mostHeld most registrations held on one node; what comes on top goes
 */
public record QuarantineSettings(
        Duration window,
        double serviceShare,
        int serviceLeast,
        double sourceShare,
        Duration bound,
        int releasesPerSecond,
        int mostHeld) {
    /** Refuses what would hold for ever or release never. */
    public QuarantineSettings {
        positive("window", window);
        positive("bound", bound);
        share("service-share", serviceShare);
        share("source-share", sourceShare);
        atLeastOne("service-least", serviceLeast);
        atLeastOne("releases-per-second", releasesPerSecond);
        atLeastOne("most-held", mostHeld);
    }

    /** 60 s, 50 % and at least 2, 20 %, 10 min, 20 services a second, 1 000 000 registrations. */
    public static QuarantineSettings standard() {
        return new QuarantineSettings(Duration.ofSeconds(60), 0.5, 2, 0.2, Duration.ofMinutes(10), 20, 1_000_000);
    }

    /** The same with another bound. */
    public QuarantineSettings withBound(Duration other) {
        return new QuarantineSettings(
                window, serviceShare, serviceLeast, sourceShare, other, releasesPerSecond, mostHeld);
    }

    /** The same, holding a service that loses a larger share than this. */
    public QuarantineSettings withServiceShare(double share) {
        return new QuarantineSettings(window, share, serviceLeast, sourceShare, bound, releasesPerSecond, mostHeld);
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(
                    "twinspan.data.quarantine-" + key + " is " + value + ", not more than 0");
        }
    }

    private static void share(String key, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "twinspan.data.quarantine-" + key + " is " + value + ", not between 0 and 1");
        }
    }

    private static void atLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("twinspan.data.quarantine-" + key + " is " + value + ", not 1 or more");
        }
    }
}
