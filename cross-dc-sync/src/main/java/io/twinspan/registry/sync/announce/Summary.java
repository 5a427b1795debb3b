package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import java.util.List;

/**
 * What the slots come to that one data node leads and that have settled, said every few seconds.
 *
 * @param slotCount into how many slots the datacenter divides its service names; where it is another number than here, nothing
 *     else of the sender means anything
 * @param slots those that have changed since its last summary, or all
 * @param isWhole all of them
 * @param ledSlots how many there are
 * @param rootOfRoots what all of them come to, each at its place in the order
 */
public record Summary(
        Sender sender, int slotCount, List<SlotRoot> slots, boolean isWhole, int ledSlots, Root rootOfRoots)
        implements Announcement {
    /** Copies the slots. */
    public Summary {
        slots = List.copyOf(slots);
        if (slotCount < 1 || ledSlots < 0) {
            throw new IllegalArgumentException("a summary of " + ledSlots + " of " + slotCount + " slots");
        }
    }
}
