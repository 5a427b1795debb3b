package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.slot.SlotId;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A question to a peer datacenter; each of its data nodes answers for what it leads, with announcements that all may read.
 *
 * @param sender who asks
 * @param asked the peer
 * @param slotCount into how many slots the asking datacenter divides its service names; asked with another number than its own,
 *     the peer does not answer
 * @param slots whose whole content is wanted
 * @param wantsSummary whether whole summaries are wanted
 */
public record Pull(Sender sender, DatacenterId asked, int slotCount, Set<SlotId> slots, boolean wantsSummary) {
    /** Copies the slots. */
    public Pull {
        slots = Collections.unmodifiableSortedSet(new TreeSet<>(slots));
    }
}
