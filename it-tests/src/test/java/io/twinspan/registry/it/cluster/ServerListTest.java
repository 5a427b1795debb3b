package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The lists of sessions that official clients are given, with sessions of unequal load and one that dies. */
class ServerListTest {
    private static final int OFFSET = 1_800;
    private static final List<String> HOSTS = List.of("127.0.4.1", "127.0.4.2", "127.0.4.3");
    private static final int EARLY = 8;

    /** So many that it would be a wonder if chance left one of three sessions out. */
    private static final int LATE = 30;

    /** Promised is a second; the machine of a test may be busy. A lease would take ten. */
    private static final Duration GONE_WITHIN = Duration.ofSeconds(6);

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void newClientsComeToEverySessionHoweverUnequalTheirLoadIsAndTheDeadAreNotNamed() {
        HOSTS.forEach(host -> nodes.add(NodeProcess.start(
                NodeSpec.oneOf(HOSTS, host, "east", OFFSET).with("  session:\n    rebalance: false\n"),
                folder.resolve(host))));
        nodes.forEach(NodeProcess::awaitHealthy);
        soon("all three are named")
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(servers(node)).hasSize(3)));
        assertThat(nodes.get(0)
                        .get(NodePort.SESSION_HTTP, "/api/servers/queryWithWeight")
                        .body()
                        .split(";"))
                .allMatch(each -> each.endsWith("?weight=1"));
        drain(nodes.get(1), true);
        drain(nodes.get(2), true);
        soon("only the first takes clients")
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(servers(node))
                                .containsExactly(nodes.get(0).address(NodePort.SESSION_CLIENT))));
        clients("early", EARLY, nodes.get(0));
        soon("it has them all").until(() -> connections(nodes.get(0)) == EARLY);
        drain(nodes.get(1), false);
        drain(nodes.get(2), false);
        soon("all three are named again")
                .untilAsserted(() -> assertThat(nodes)
                        .allSatisfy(node -> assertThat(servers(node)).hasSize(3)));

        clients("late", LATE, nodes.get(1));
        soon("every session was tried")
                .untilAsserted(() -> assertThat(
                                connections(nodes.get(0)) + connections(nodes.get(1)) + connections(nodes.get(2)))
                        .isEqualTo(EARLY + LATE));
        assertThat(connections(nodes.get(0))).isGreaterThan(EARLY);
        assertThat(connections(nodes.get(1))).isPositive();
        assertThat(connections(nodes.get(2))).isPositive();

        nodes.get(2).kill9();
        await("the dead one is not named")
                .atMost(GONE_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    assertThat(servers(nodes.get(0))).hasSize(2);
                    assertThat(servers(nodes.get(1))).hasSize(2);
                });
        soon("its clients are with the others")
                .until(() -> connections(nodes.get(0)) + connections(nodes.get(1)) == EARLY + LATE);
        nodes.get(1).pause();
        await("nor one that stands still")
                .atMost(GONE_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(servers(nodes.get(0)))
                        .containsExactly(nodes.get(0).address(NodePort.SESSION_CLIENT)));
        nodes.get(1).resume();
    }

    private static void clients(String name, int count, NodeProcess asked) {
        for (int i = 0; i < count; i++) {
            new RecordingClient(asked, name + "-" + i).publish("com.example.Spread", "10.0.0." + i + ":1");
        }
    }

    private static void drain(NodeProcess node, boolean isDraining) {
        node.post(NodePort.SESSION_HTTP, "/manage/drain", "application/json", "{\"isDraining\":" + isDraining + "}");
    }

    private static List<String> servers(NodeProcess node) {
        return List.of(
                node.get(NodePort.SESSION_HTTP, "/api/servers/query").body().split(";"));
    }

    private static int connections(NodeProcess node) {
        return JsonMapper.shared()
                .readTree(node.get(NodePort.SESSION_HTTP, "/connections/query").body())
                .size();
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }
}
