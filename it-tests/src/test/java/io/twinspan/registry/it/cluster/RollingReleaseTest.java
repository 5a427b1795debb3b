package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.CommandLineRun;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.RegistryCluster;
import io.twinspan.registry.it.fixture.RestartDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three integrated nodes are restarted one by one by {@code twinspan rolling-restart}, under publishers and official clients:
 * {@code mvn verify -Plong}. {@link RunbooksTest} has the short form, with one node.
 */
@Tag("long")
class RollingReleaseTest {
    private static final int OFFSET = 12_200;
    private static final Load LOAD = new Load(40, 5, 2, 3, 40, false);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration HEALED = Duration.ofSeconds(45);

    @TempDir
    Path folder;

    @Test
    void everyNodeIsRestartedOnceAndNoListOfAnyClientShowsIt() {
        try (RegistryCluster cluster = RegistryCluster.integrated(OFFSET, folder);
                RestartDoor door = new RestartDoor(cluster.nodes());
                FaultRun run = new FaultRun(cluster, LOAD, QUIET, HEALED).begin()) {
            NodeProcess leader = cluster.metaLeader();
            // Slots that have just been filled settle first; until then the plan says what is missing.
            await("a plan that is a go").atMost(HEALED).untilAsserted(() -> {
                CommandLineRun plan = rolling(cluster, "--plan");
                assertThat(plan.code()).as(plan.said()).isZero();
                assertThat(plan.out())
                        .contains("GO: rolling restart of east, 3 nodes")
                        .contains("3. restart " + leader.host() + " (meta, data, session)");
            });

            run.during("a rolling restart", () -> roll(cluster, door, leader), () -> {});

            assertThat(run.complaints()).as("after %s lists", run.size()).isEmpty();
        }
    }

    private void roll(RegistryCluster cluster, RestartDoor door, NodeProcess leader) {
        CommandLineRun halted = rolling(cluster, "--with", "true {node}", "--healthy-within", "2s");
        assertThat(halted.code()).as(halted.said()).isEqualTo(1);
        assertThat(halted.out()).contains("HALTED: ", "which has not restarted it", "--resume");
        assertThat(push(cluster)).contains("hold-shrink by rolling-restart");

        CommandLineRun again = rolling(cluster, "--with", door.command());
        assertThat(again.code()).as(again.said()).isEqualTo(5);
        assertThat(again.err()).contains("go on with it by --resume");

        CommandLineRun done = rolling(cluster, "--resume", "--with", door.command(), "-o", "json");
        assertThat(done.code()).as(done.said()).isZero();
        assertThat(done.out()).contains("\"outcome\" : \"DONE\"");
        assertThat(door.restarted())
                .hasSize(cluster.nodes().size())
                .doesNotHaveDuplicates()
                .endsWith(leader.host());
        assertThat(push(cluster)).contains("push is open in east");
    }

    private CommandLineRun rolling(RegistryCluster cluster, String... more) {
        List<String> words = new ArrayList<>(List.of("rolling-restart", "--dc", "east", "--server", meta(cluster)));
        words.addAll(List.of("--journal", folder.resolve("rolling.json").toString()));
        words.addAll(List.of(more));
        return CommandLineRun.of(words.toArray(String[]::new));
    }

    private static String push(RegistryCluster cluster) {
        return CommandLineRun.of("push", "status", "--server", meta(cluster)).out();
    }

    private static String meta(RegistryCluster cluster) {
        return cluster.nodes().get(0).address(NodePort.META_HTTP);
    }
}
