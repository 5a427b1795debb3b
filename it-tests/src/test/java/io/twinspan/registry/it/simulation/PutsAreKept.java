package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.Invariant;
import java.util.ArrayList;
import java.util.List;

/** M2 as an operator sees it: after the faults every meta answers, and has each value that was acknowledged, or a newer one. */
final class PutsAreKept implements Invariant<SimulatedWorld> {
    @Override
    public List<String> violations(SimulatedWorld world) {
        List<String> found = new ArrayList<>();
        for (Operator operator : world.operators()) {
            if (!operator.acknowledged().isEmpty()) {
                world.coverage().checkedAfter("M2");
            }
            int metas = world.metaGroup(operator.datacenter()).members().size();
            if (operator.stored().size() != metas) {
                found.add("M2 only " + operator.stored().keySet() + " of " + metas + " metas answer an operator");
            }
            operator.stored()
                    .forEach((meta, stored) -> operator.acknowledged().forEach((id, version) -> {
                        if (stored.getOrDefault(id, 0L) < version) {
                            found.add("M2 " + meta + " has version " + stored.get(id) + " of " + id.dataId() + ", "
                                    + version + " was acknowledged");
                        }
                    }));
        }
        return found;
    }
}
