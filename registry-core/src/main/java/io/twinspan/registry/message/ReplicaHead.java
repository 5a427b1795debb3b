package io.twinspan.registry.message;

import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;

/**
 * What every update of one slot's replica begins with.
 *
 * @param epoch under which the sender leads
 * @param from number of the update before this one; a follower that is not there has missed something
 * @param to number of this one, above every earlier one of this leader
 * @param ceiling of the leader's versions; {@link DatumVersion#NONE} while its content says nothing about what is absent
 */
public record ReplicaHead(SlotId slot, LeaderEpoch epoch, long from, long to, DatumVersion ceiling) {}
