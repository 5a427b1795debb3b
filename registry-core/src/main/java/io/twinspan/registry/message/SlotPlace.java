package io.twinspan.registry.message;

import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.slot.SlotId;

/** A slot at one place in the order of its announcements. */
public record SlotPlace(SlotId slot, AnnouncementOrder order) {}
