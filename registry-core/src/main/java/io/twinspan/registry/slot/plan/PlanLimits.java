package io.twinspan.registry.slot.plan;

import io.twinspan.registry.slot.LeaderEpoch;

/**
 * How much is held, and how much may move at once.
 *
 * @param replicas nodes that hold each slot, the leader included; with 1 nothing follows, so slots move at once
 * @param catchingUp most slots that one node may follow without being current
 * @param leaderChanges most slots that may be unsettled because their leadership was moved for the balance
 */
public record PlanLimits(int replicas, int catchingUp, int leaderChanges) {
    private static final int MOST_REPLICAS = LeaderEpoch.RANKS - 2;

    /** Refuses what could not work, naming key and value. */
    public PlanLimits {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("replicas is " + replicas + ", it must be 1 to " + MOST_REPLICAS);
        }
        if (catchingUp < 1) {
            throw new IllegalArgumentException("catching-up is " + catchingUp + ", it must be at least 1");
        }
        if (leaderChanges < 1) {
            throw new IllegalArgumentException("leader-changes is " + leaderChanges + ", it must be at least 1");
        }
    }
}
