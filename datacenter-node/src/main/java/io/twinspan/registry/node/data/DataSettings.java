package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Tombstone;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Bounds of the data role.
 *
 * @param sessionLease how long a session counts as alive after its last word
 * @param foreignConfirmation how old a peer's word on a datum may be, to be given as confirmed to a session that was told of it
 *     and asks again. For a subscriber that has just arrived no earlier word counts, whatever its age
 * @param quarantine when removals are held
 * @param foreign how peers' datums are kept and shown
 */
public record DataSettings(
        Warming warming,
        Retention retention,
        Notices notices,
        Replication replication,
        Duration sessionLease,
        Duration foreignConfirmation,
        QuarantineSettings quarantine,
        ForeignSettings foreign) {
    /**
     * When a slot settles after it came to this node.
     *
     * @param earliest never before; a slot without a snapshot settles then, if every listed session has been compared with it
     * @param quiet not while registrations of the snapshot have been renewed within this time
     * @param latest then in any case
     */
    public record Warming(Duration earliest, Duration quiet, Duration latest) {
        /** Refuses negative times and a latest before the earliest. */
        public Warming {
            atLeastZero("warming-earliest", earliest);
            atLeastZero("warming-quiet", quiet);
            if (latest.compareTo(earliest) < 0) {
                throw new IllegalArgumentException("twinspan.data.warming-latest is " + latest
                        + ", before twinspan.data.warming-earliest, which is " + earliest);
            }
        }

        /** 15 s, 10 s, 60 s. */
        public static Warming standard() {
            return new Warming(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(60));
        }
    }

    /**
     * How long what may be over is kept.
     *
     * @param unconfirmed a registration of the snapshot whose session never came back, after the slot has settled and before
     *     the quarantine judges it
     * @param tombstone what is left of a removed registration
     * @param emptied version of a datum without publishers
     * @param snapshot age beyond which a slot's snapshot is not served any more
     * @param interest a peer's datums after the last subscriber
     */
    public record Retention(
            Duration unconfirmed, Duration tombstone, Duration emptied, Duration snapshot, Duration interest) {
        /** Refuses negative times. */
        public Retention {
            atLeastZero("retention.unconfirmed", unconfirmed);
            atLeastZero("retention.tombstone", tombstone);
            atLeastZero("retention.emptied", emptied);
            atLeastZero("retention.snapshot", snapshot);
            atLeastZero("retention.interest", interest);
        }

        /** 30 s, 10 min, 24 h, 1 h, 10 min. */
        public static Retention standard() {
            return new Retention(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Duration.ofMinutes(10));
        }

        /**
         * A datum without what is over of it: old tombstones, what it followed for as long, and the version of one long empty.
         *
         * @param isNeeded true for a tombstone without which something old would come back
         */
        Datum kept(Datum datum, long nowMillis, Predicate<Tombstone> isNeeded) {
            Datum kept = datum.withoutTombstones(
                    each -> nowMillis - each.removedAtMillis() > tombstone.toMillis() && !isNeeded.test(each));
            long sinceMillis = nowMillis - kept.version().stamp().millis();
            if (sinceMillis > tombstone.toMillis()) {
                kept = kept.followingNothing();
            }
            boolean isOver = kept.count() == 0 && kept.tombstones().isEmpty() && sinceMillis > emptied.toMillis();
            return isOver ? Datum.empty(datum.datacenter(), datum.id()) : kept;
        }
    }

    /**
     * How sessions are told of changes. What waits is bounded by what a session is interested in.
     *
     * @param timeout of one call
     * @param retry pause after a call that failed
     * @param batch most datums named in one call
     * @param settlingBatch most datums named in one call only because their slot has settled
     * @param settlingPause pause between two calls that name only such
     */
    public record Notices(Duration timeout, Duration retry, int batch, int settlingBatch, Duration settlingPause) {
        /** Refuses what would never get anywhere. */
        public Notices {
            moreThanZero("notices.timeout", timeout);
            moreThanZero("notices.retry", retry);
            moreThanZero("notices.settling-pause", settlingPause);
            if (batch < 1) {
                throw new IllegalArgumentException("twinspan.data.notices.batch is " + batch + ", not 1 or more");
            }
            if (settlingBatch < 1 || settlingBatch > batch) {
                throw new IllegalArgumentException("twinspan.data.notices.settling-batch is " + settlingBatch
                        + ", not between 1 and twinspan.data.notices.batch, which is " + batch);
            }
        }

        /** 3 s, 200 ms, 1 000, 200, 20 ms. */
        public static Notices standard() {
            return new Notices(Duration.ofSeconds(3), Duration.ofMillis(200), 1_000, 200, Duration.ofMillis(20));
        }
    }

    /**
     * How slots are replicated to their followers.
     *
     * @param timeout of one call
     * @param retry pause after a call that failed, and before a follower that has missed something is compared again
     * @param mostInCall most registrations, or entries of digests, in one call; one service is sent whole, however large,
     *     and so is the digest of one slot: of 100 000 services it takes less than half a frame
     * @param mostWaiting most changed registrations of one slot that wait for one follower; with more it is compared instead
     * @param auditEvery how often a follower that is up to date is compared all the same
     * @param currentWithin a follower that has not confirmed a change within this time does not count as up to date
     * @param beat a follower hears of its leader at least this often
     * @param promotion a replica leads by its rank only when it has not heard of its leader for this long
     * @param giveUp a new leader waits for the content of a replica for this long after its last word
     */
    public record Replication(
            Duration timeout,
            Duration retry,
            int mostInCall,
            int mostWaiting,
            Duration auditEvery,
            Duration currentWithin,
            Duration beat,
            Duration promotion,
            Duration giveUp) {
        /** Refuses what would never get anywhere. */
        public Replication {
            moreThanZero("replication.timeout", timeout);
            moreThanZero("replication.retry", retry);
            moreThanZero("replication.audit-every", auditEvery);
            moreThanZero("replication.current-within", currentWithin);
            moreThanZero("replication.beat", beat);
            if (promotion.compareTo(beat) <= 0) {
                throw new IllegalArgumentException("twinspan.data.replication.promotion is " + promotion
                        + ", not more than twinspan.data.replication.beat, which is " + beat);
            }
            atLeastZero("replication.give-up", giveUp);
            if (mostInCall < 1 || mostWaiting < 1) {
                throw new IllegalArgumentException("twinspan.data.replication.most-in-call is " + mostInCall
                        + " and most-waiting " + mostWaiting + ", not both 1 or more");
            }
        }

        /** 3 s, 200 ms, 20 000, 100 000, 30 s, 1 s, 500 ms, 3 s, 2 s. */
        public static Replication standard() {
            return new Replication(
                    Duration.ofSeconds(3),
                    Duration.ofMillis(200),
                    20_000,
                    100_000,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2));
        }
    }

    /** Refuses a lease or confirmation without length. */
    public DataSettings {
        moreThanZero("session-lease", sessionLease);
        moreThanZero("foreign-confirmation", foreignConfirmation);
    }

    /** The defaults of each part, a session lease of 30 s, a foreign confirmation of 1 s. */
    public static DataSettings standard() {
        return new DataSettings(
                Warming.standard(),
                Retention.standard(),
                Notices.standard(),
                Replication.standard(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                QuarantineSettings.standard(),
                ForeignSettings.standard());
    }

    /** The same with other times for settling. */
    public DataSettings withWarming(Warming other) {
        return new DataSettings(
                other, retention, notices, replication, sessionLease, foreignConfirmation, quarantine, foreign);
    }

    /** The same with other times for what may be over. */
    public DataSettings withRetention(Retention other) {
        return new DataSettings(
                warming, other, notices, replication, sessionLease, foreignConfirmation, quarantine, foreign);
    }

    /** The same with other rules for followers. */
    public DataSettings withReplication(Replication other) {
        return new DataSettings(
                warming, retention, notices, other, sessionLease, foreignConfirmation, quarantine, foreign);
    }

    /** The same with another lease of sessions. */
    public DataSettings withSessionLease(Duration other) {
        return new DataSettings(
                warming, retention, notices, replication, other, foreignConfirmation, quarantine, foreign);
    }

    /** The same with another quarantine. */
    public DataSettings withQuarantine(QuarantineSettings other) {
        return new DataSettings(
                warming, retention, notices, replication, sessionLease, foreignConfirmation, other, foreign);
    }

    /** The same with other bounds of peers' datums. */
    public DataSettings withForeign(ForeignSettings other) {
        return new DataSettings(
                warming, retention, notices, replication, sessionLease, foreignConfirmation, quarantine, other);
    }

    private static void atLeastZero(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("twinspan.data." + key + " is " + value + ", less than 0");
        }
    }

    private static void moreThanZero(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("twinspan.data." + key + " is " + value + ", not more than 0");
        }
    }
}
