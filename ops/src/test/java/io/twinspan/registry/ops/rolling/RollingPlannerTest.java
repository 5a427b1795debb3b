package io.twinspan.registry.ops.rolling;

import static io.twinspan.registry.datacenter.NodeRole.DATA;
import static io.twinspan.registry.datacenter.NodeRole.META;
import static io.twinspan.registry.datacenter.NodeRole.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RollingPlannerTest {
    @Test
    void metasGoFirstAndTheirLeaderLastThenDataThenSessions() {
        FakeDatacenter separate = separate();

        assertThat(order(separate, 0, 2, "id-m1")).isEqualTo("m2 m3 m1 d1 d2 d3 s1 s2 s3 s4");
    }

    @Test
    void groupsNeverTakeAMajorityOfMetasOrAllReplicasOrAllSessions() {
        FakeDatacenter separate = separate().with("m4", META).with("m5", META);

        assertThat(order(separate, 1, 2, "id-m1")).isEqualTo("m2+m3 m4+m5 m1 d1 d2 d3 s1+s2+s3 s4");
        assertThat(order(separate, 2, 3, "id-m1")).isEqualTo("m2+m3 m4+m5 m1 d1+d2 d3 s1+s2 s3+s4");
    }

    @Test
    void aNodeWithSeveralRolesIsBoundByAllOfThem() {
        FakeDatacenter integrated = new FakeDatacenter();
        for (String name : List.of("a", "b", "c")) {
            integrated.with(name, NodeRole.values());
        }

        assertThat(order(integrated, 1, 2, "id-a")).isEqualTo("b c a");
    }

    @Test
    void aNodeAloneIsRestartedAllTheSame() {
        assertThat(order(new FakeDatacenter().with("a", NodeRole.values()), 1, 1, "id-a"))
                .isEqualTo("a");
    }

    private static FakeDatacenter separate() {
        return new FakeDatacenter()
                .with("s1", SESSION)
                .with("s2", SESSION)
                .with("s3", SESSION)
                .with("s4", SESSION)
                .with("d1", DATA)
                .with("d2", DATA)
                .with("d3", DATA)
                .with("m1", META)
                .with("m2", META)
                .with("m3", META);
    }

    private static String order(FakeDatacenter of, int groups, int replicas, String leader) {
        Set<String> all = of.nodes.values().stream().map(RollingNode::id).collect(Collectors.toSet());
        return new RollingPlanner(of.nodes.values(), groups, replicas)
                .groups(all, leader).stream()
                        .map(group -> group.stream().map(RollingNode::name).collect(Collectors.joining("+")))
                        .collect(Collectors.joining(" "));
    }
}
