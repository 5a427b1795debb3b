package io.twinspan.registry.digest;

import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;

/**
 * Place of an announcement among those of its slot. A later life of the datacenter's meta group comes after an earlier one, then
 * a later leader after an earlier one, and only within one leadership do sequences compare.
 *
 * @param sequence rises by one with each announcement of the slot; begins at the leader's clock in milliseconds, so that a leader
 *     that restarts within its epoch goes on above what it has used
 */
public record AnnouncementOrder(Incarnation incarnation, LeaderEpoch epoch, long sequence)
        implements Comparable<AnnouncementOrder> {
    /** True when this comes later than {@code other}. */
    public boolean isAfter(AnnouncementOrder other) {
        return compareTo(other) > 0;
    }

    /** Under whom. */
    public Leadership leadership() {
        return new Leadership(incarnation, epoch);
    }

    /** True when both were announced by the same leader, so that their sequences compare. */
    public boolean isOfSameLeader(AnnouncementOrder other) {
        return incarnation.equals(other.incarnation) && epoch.equals(other.epoch);
    }

    /** The place after this one. */
    public AnnouncementOrder next() {
        return new AnnouncementOrder(incarnation, epoch, sequence + 1);
    }

    /** True when this comes right after {@code other}, with nothing between. */
    public boolean follows(AnnouncementOrder other) {
        return isOfSameLeader(other) && sequence == other.sequence + 1;
    }

    @Override
    public int compareTo(AnnouncementOrder other) {
        int byLife = incarnation.compareTo(other.incarnation);
        int byLeader = byLife != 0 ? byLife : epoch.compareTo(other.epoch);
        return byLeader != 0 ? byLeader : Long.compare(sequence, other.sequence);
    }
}
