package io.twinspan.registry.message;

import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.slot.SlotId;
import org.jspecify.annotations.Nullable;

/**
 * Data node to the leader of a peer's slot: one part of everything that is announced of it.
 *
 * @param place as of which; null for as of now, which the answer then names
 * @param part which, from 0
 */
public record FetchSlotDigest(SlotId slot, @Nullable AnnouncementOrder place, int part)
        implements Request<SlotDigest> {}
