package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.ops.rolling.RegistrationCounts;
import io.twinspan.registry.ops.rolling.RollingNode;
import io.twinspan.registry.ops.rolling.RollingPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollingTextTest {
    private static final RegistrationCounts COUNTS = new RegistrationCounts(4, 3, 2, 4);

    @Test
    void aPlanIsToldStepByStepWithWhatStandsInItsWay() {
        RollingPlan plan = new RollingPlan(
                "east",
                List.of(List.of(node("a"), node("b")), List.of(node("c"))),
                COUNTS,
                2,
                List.of("c (meta): it says 500"),
                List.of("there is only one session"));

        assertThat(RollingText.plan(plan))
                .containsExactly(
                        "NO-GO: rolling restart of east, 3 nodes; registered now: 4 publishers (4 at the data nodes),"
                                + " 3 subscribers, 2 watchers",
                        "  NO: c (meta): it says 500",
                        "  note: there is only one session",
                        "  hold the push (hold-shrink): additions go out, removals wait",
                        "  1. restart a (meta) and b (meta), wait until well, settled and 99 % back",
                        "  2. restart c (meta), wait until well, settled and 99 % back",
                        "  end the hold of the push");
    }

    private static RollingNode node(String name) {
        return new RollingNode(name, "id-" + name, Map.of(NodeRole.META, new Endpoint("10.0.0.1", 9615)));
    }
}
