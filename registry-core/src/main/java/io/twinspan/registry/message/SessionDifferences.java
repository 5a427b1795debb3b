package io.twinspan.registry.message;

import io.twinspan.registry.slot.SlotId;
import java.util.List;

/**
 * A data node's answer to {@link RenewSession}: where it holds something else.
 *
 * @param publishers slots whose registrations the session should send whole
 * @param interest slots whose interest the session should send whole
 * @param notLed slots this node does not lead
 */
public record SessionDifferences(List<SlotId> publishers, List<SlotId> interest, List<SlotId> notLed) {
    /** Copies the lists. */
    public SessionDifferences {
        publishers = List.copyOf(publishers);
        interest = List.copyOf(interest);
        notLed = List.copyOf(notLed);
    }
}
