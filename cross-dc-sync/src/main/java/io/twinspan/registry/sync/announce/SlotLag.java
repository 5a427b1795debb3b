package io.twinspan.registry.sync.announce;

import io.twinspan.registry.slot.SlotId;
import java.time.Duration;

/**
 * A slot of a peer of which something is missing here, or is other than what the peer says.
 *
 * @param places of the order heard of and not reached
 * @param isDiffering other content at an equal place was found
 * @param asked questions since both sides agreed last
 * @param isNotHealing answers come and do not help
 */
public record SlotLag(
        SlotId slot, long places, boolean isDiffering, int asked, boolean isNotHealing, Duration inDoubtFor) {}
