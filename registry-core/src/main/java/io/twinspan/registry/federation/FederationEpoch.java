package io.twinspan.registry.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.Comparator;

/**
 * The count of decisions on duty, and who made the last one. Two datacenters that were forced during a cut may issue the same number:
 * the order between them is by name, only so that everybody chooses alike, and such a pair is a conflict until an operator confirms.
 *
 * @param number from 1; higher wins
 * @param issuer the datacenter whose meta committed it
 */
public record FederationEpoch(long number, DatacenterId issuer) implements Comparable<FederationEpoch> {
    /** An epoch further ahead than this is not believed: a slip of a digit would otherwise lock every later decision out. */
    public static final long FARTHEST_AHEAD = 1_000;

    private static final Comparator<FederationEpoch> ORDER =
            Comparator.comparingLong(FederationEpoch::number).thenComparing(FederationEpoch::issuer);

    /** Refuses numbers below 1. */
    public FederationEpoch {
        if (number < 1) {
            throw new IllegalArgumentException("federation epoch " + number + " is not usable: the first is 1");
        }
    }

    /** The one that this datacenter issues next. */
    public FederationEpoch next(DatacenterId by) {
        return new FederationEpoch(number + 1, by);
    }

    /** Whether two datacenters issued the same number, which only a double force does. */
    public boolean conflictsWith(FederationEpoch other) {
        return number == other.number && !issuer.equals(other.issuer);
    }

    /** Whether it is too far ahead of this one to be believed. */
    public boolean isTooFarFrom(FederationEpoch known) {
        return number - known.number > FARTHEST_AHEAD;
    }

    @Override
    public int compareTo(FederationEpoch other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return number + "/" + issuer;
    }
}
