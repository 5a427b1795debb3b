package io.twinspan.registry.node.meta;

import io.twinspan.registry.slot.plan.PlanLimits;
import java.time.Duration;

/**
 * How the leading meta assigns slots.
 *
 * @param promotion how long a data node may be silent before a follower that has everything leads in its place
 * @param plan how much is held, and how much moves at once
 */
public record SlotLimits(Duration promotion, PlanLimits plan) {
    private static final Duration SHORTEST_PROMOTION = Duration.ofMillis(100);

    /** Refuses a promotion time that could not work. */
    public SlotLimits {
        if (promotion.compareTo(SHORTEST_PROMOTION) < 0) {
            throw new IllegalArgumentException(
                    "meta.promotion is " + promotion + ", it must be at least " + SHORTEST_PROMOTION);
        }
    }

    /** Promotion after 2 s; two nodes hold each slot; 64 slots catch up at once on a node, 64 change their leader at once. */
    public static SlotLimits standard() {
        return new SlotLimits(Duration.ofSeconds(2), new PlanLimits(2, 64, 64));
    }

    /** The same with another promotion time and number of replicas. */
    public SlotLimits with(Duration newPromotion, int replicas) {
        return new SlotLimits(newPromotion, new PlanLimits(replicas, plan.catchingUp(), plan.leaderChanges()));
    }
}
