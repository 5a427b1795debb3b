package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RegistryCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of node in turn is killed, stopped and restarted under 1 000 services of 10 publishers, in both layouts, and no list of
 * any client may show it. Takes a quarter of an hour a layout: {@code mvn verify -Plong}.
 */
@Tag("long")
class LayoutFaultsTest {
    private static final int INTEGRATED_OFFSET = 21_400;
    private static final int SEPARATE_OFFSET = 21_500;
    private static final Load LOAD = new Load(1_000, 10, 4, 6, 170, true);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** Longer than a lease, shorter than the absence after which slots move. */
    private static final Duration AWAY = Duration.ofSeconds(20);

    private static final Duration QUIET = Duration.ofSeconds(10);

    /** T of DESIGN §13, and what official clients take to find another session: they ask for the list every 30 s. */
    private static final Duration HEALED = Duration.ofSeconds(45);

    @TempDir
    Path folder;

    @Test
    void integratedNodesFailAndNoListShowsIt() {
        try (RegistryCluster cluster = RegistryCluster.integrated(INTEGRATED_OFFSET, folder);
                FaultRun run = new FaultRun(cluster, LOAD, QUIET, HEALED).begin()) {
            Faults faults = new Faults(run);
            faults.kill(follower(cluster));
            faults.killFor(AWAY, cluster.busiestSession());
            faults.pause(PAUSE, cluster.busiestSession());
            faults.restart(cluster.busiestSession());
            faults.kill(cluster.metaLeader());
            faults.pause(PAUSE, cluster.metaLeader());
            faults.restart(cluster.metaLeader());
            // Each node leads slots: this is meta leader and data leader together, and more than half of the data
            // nodes.
            faults.kill(cluster.metaLeader(), follower(cluster));
            faults.kill(cluster.nodes().toArray(NodeProcess[]::new));

            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }

    @Test
    void separateRolesFailAndNoListShowsIt() {
        try (RegistryCluster cluster = RegistryCluster.separate(SEPARATE_OFFSET, folder);
                FaultRun run = new FaultRun(cluster, LOAD, QUIET, HEALED).begin()) {
            Faults faults = new Faults(run);
            NodeProcess data = cluster.nodes(NodeRole.DATA).get(0);
            faults.kill(cluster.busiestSession());
            faults.killFor(AWAY, cluster.busiestSession());
            faults.pause(PAUSE, cluster.busiestSession());
            faults.restart(cluster.busiestSession());
            faults.kill(follower(cluster));
            faults.kill(cluster.metaLeader());
            faults.pause(PAUSE, cluster.metaLeader());
            faults.restart(cluster.metaLeader());
            faults.kill(data);
            faults.killFor(AWAY, cluster.nodes(NodeRole.DATA).get(1));
            faults.pause(PAUSE, data);
            faults.restart(data);
            faults.kill(
                    cluster.nodes(NodeRole.DATA).get(1),
                    cluster.nodes(NodeRole.DATA).get(2));
            faults.kill(cluster.metaLeader(), data);
            faults.kill(cluster.nodes().toArray(NodeProcess[]::new));

            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }

    private static NodeProcess follower(RegistryCluster cluster) {
        NodeProcess leader = cluster.metaLeader();
        return cluster.nodes(NodeRole.META).stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow();
    }
}
