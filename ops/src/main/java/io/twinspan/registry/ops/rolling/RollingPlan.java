package io.twinspan.registry.ops.rolling;

import java.util.List;

/**
 * What a rolling restart would do.
 *
 * @param groups in their order; nodes of one group go together
 * @param counts what is registered now
 * @param replicas of the slot that has the fewest
 * @param objections why it must not begin; empty when it may
 * @param remarks what is worth knowing
 */
public record RollingPlan(
        String datacenter,
        List<List<RollingNode>> groups,
        RegistrationCounts counts,
        int replicas,
        List<String> objections,
        List<String> remarks) {
    /** Copies the lists. */
    public RollingPlan {
        groups = groups.stream().map(List::copyOf).toList();
        objections = List.copyOf(objections);
        remarks = List.copyOf(remarks);
    }

    /** True when nothing stands in the way. */
    public boolean isGo() {
        return objections.isEmpty();
    }
}
