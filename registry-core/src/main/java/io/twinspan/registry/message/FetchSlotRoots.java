package io.twinspan.registry.message;

import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * Data node to a data node of a peer: what the slots come to that it leads.
 *
 * @param slotCount into how many slots the asking datacenter divides its services
 * @param places where, besides now, it is also asked what they came to
 */
public record FetchSlotRoots(int slotCount, List<SlotPlace> places) implements Request<SlotRoots> {
    /** Copies the places and refuses more than there are slots. */
    public FetchSlotRoots {
        places = List.copyOf(places);
        if (places.size() > SlotId.COUNT) {
            throw new IllegalArgumentException(places.size() + " places are asked for in " + SlotId.COUNT + " slots");
        }
    }
}
