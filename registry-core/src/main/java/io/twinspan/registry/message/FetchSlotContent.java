package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.slot.SlotId;
import org.jspecify.annotations.Nullable;

/**
 * Data node to the leader of a peer's slot: what it really holds, without regard to what was announced of it.
 *
 * @param after where the last answer ended, in the order of names; null for the beginning
 */
public record FetchSlotContent(SlotId slot, @Nullable DataInfoId after) implements Request<SlotContent> {}
