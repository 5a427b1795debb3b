package io.twinspan.registry.sync.announce;

import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import java.util.Comparator;

/**
 * Place of an announcement among those of its slot. A later life of the datacenter's meta group comes after an earlier one, then
 * a later leader after an earlier one, and only within one leadership do sequences compare.
 *
 * @param sequence rises by one with each announcement of the slot; begins at the leader's clock in milliseconds, so that a leader
 *     that restarts within its epoch goes on above what it has used
 */
public record AnnouncementOrder(Incarnation incarnation, LeaderEpoch epoch, long sequence)
        implements Comparable<AnnouncementOrder> {
    private static final Comparator<AnnouncementOrder> ORDER = Comparator.comparing(AnnouncementOrder::incarnation)
            .thenComparing(AnnouncementOrder::epoch)
            .thenComparingLong(AnnouncementOrder::sequence);

    /** True when this comes later than {@code other}. */
    public boolean isAfter(AnnouncementOrder other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(AnnouncementOrder other) {
        return ORDER.compare(this, other);
    }
}
