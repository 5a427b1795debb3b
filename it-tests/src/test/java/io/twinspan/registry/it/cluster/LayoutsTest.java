package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.RegistryCluster;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@link LayoutFaultsTest}: few services, the faults that a build has time for, and clients that take nothing back
 * while their session is away.
 */
class LayoutsTest {
    private static final int INTEGRATED_OFFSET = 21_600;
    private static final int SEPARATE_OFFSET = 21_700;
    private static final Load LOAD = new Load(100, 5, 2, 2, 50, false);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration HEALED = Duration.ofSeconds(45);

    @TempDir
    Path folder;

    @Test
    void anIntegratedNodeFailsAndNoListShowsIt() {
        try (RegistryCluster cluster = RegistryCluster.integrated(INTEGRATED_OFFSET, folder);
                FaultRun run = new FaultRun(cluster, LOAD, QUIET, HEALED).begin()) {
            Faults faults = new Faults(run);
            faults.pause(PAUSE, cluster.nodes().get(1));
            faults.kill(cluster.nodes().get(2));

            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }

    @Test
    void aSessionAndTheMetaLeaderFailAndNoListShowsIt() {
        try (RegistryCluster cluster = RegistryCluster.separate(SEPARATE_OFFSET, folder);
                FaultRun run = new FaultRun(cluster, LOAD, QUIET, HEALED).begin()) {
            Faults faults = new Faults(run);
            faults.pause(PAUSE, cluster.nodes(NodeRole.SESSION).get(1));
            faults.kill(cluster.nodes(NodeRole.SESSION).get(0), cluster.metaLeader());
            faults.kill(cluster.nodes(NodeRole.DATA).get(0));

            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }
}
