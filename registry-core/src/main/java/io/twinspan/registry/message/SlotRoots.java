package io.twinspan.registry.message;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.digest.SlotRoot;
import java.util.List;

/**
 * What the slots come to that one data node leads and that have settled.
 *
 * @param slotCount into how many slots its datacenter divides its services; asked with another number, it tells nothing else
 * @param now all of them, as of now
 * @param earlier those asked for, at the places asked for, as far as these are remembered
 */
public record SlotRoots(NodeId node, int slotCount, List<SlotRoot> now, List<SlotRoot> earlier) {
    /** Copies the lists. */
    public SlotRoots {
        now = List.copyOf(now);
        earlier = List.copyOf(earlier);
    }
}
