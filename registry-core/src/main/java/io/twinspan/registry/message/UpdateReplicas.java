package io.twinspan.registry.message;

import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.List;

/**
 * Data node to a data node that follows it: compare, or take over, what changed in slots that the sender leads. Without updates it
 * only asks whether somebody is there.
 *
 * @param table the one by which the sender leads
 * @param isAll with these updates the receiver has everything of what it follows the sender in
 */
public record UpdateReplicas(SlotTableEpoch table, List<ReplicaUpdate> updates, boolean isAll)
        implements Request<ReplicasUpdated> {
    /** Copies the updates. */
    public UpdateReplicas {
        updates = List.copyOf(updates);
    }
}
