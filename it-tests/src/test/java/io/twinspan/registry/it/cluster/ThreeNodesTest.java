package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three integrated nodes, one datacenter, and the loss of the one whose meta leads. */
class ThreeNodesTest {
    private static final int OFFSET = 16_000;
    private static final List<String> HOSTS = List.of("127.0.3.1", "127.0.3.2", "127.0.3.3");
    private static final int SERVICES = 30;

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @BeforeEach
    void start() {
        HOSTS.forEach(host ->
                nodes.add(NodeProcess.start(NodeSpec.oneOf(HOSTS, host, "east", OFFSET), folder.resolve(host))));
        nodes.forEach(NodeProcess::awaitHealthy);
        soon("one datacenter of three nodes").untilAsserted(() -> {
            for (NodeProcess node : nodes) {
                for (String type : List.of("META", "DATA", "SESSION")) {
                    assertThat(ask(node, "/digest/" + type + "/node/query"))
                            .as("%s as %s sees them", type, node.host())
                            .contains(HOSTS);
                }
            }
        });
    }

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void lossOfTheMetaLeaderShortensNoList() {
        NodeProcess leader = leader();
        List<NodeProcess> others = nodes.stream().filter(node -> node != leader).toList();
        RecordingClient publisher = new RecordingClient(others.get(0), "publisher");
        RecordingClient consumer = new RecordingClient(others.get(1), "consumer");
        Map<String, RecordingClient.Shown> shown = new TreeMap<>();
        for (int i = 0; i < SERVICES; i++) {
            String service = "com.example.Three" + i;
            publisher.publish(service, address(i));
            shown.put(service, consumer.subscribe(service, ScopeEnum.dataCenter));
        }
        soon("every service seen before the loss")
                .untilAsserted(() -> assertThat(shown.values())
                        .allSatisfy(each -> assertThat(each.now()).hasSize(1)));

        leader.kill9();
        await("a new leader")
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> others.stream().filter(this::leads).count() == 1);
        for (NodeProcess node : others) {
            assertThat(ask(node, "/digest/DATA/node/query")).contains(HOSTS);
            assertThat(ask(node, "/digest/SESSION/node/query")).contains(HOSTS.get(0), HOSTS.get(1), HOSTS.get(2));
            assertThat(node.post(
                                    NodePort.META_HTTP,
                                    "/persistentData/put",
                                    "application/json",
                                    "{\"dataId\":\"rule\",\"group\":\"G\",\"instanceId\":\"I\",\"version\":\""
                                            + (nodes.indexOf(node) + 1) + "\",\"data\":\"x\"}")
                            .statusCode())
                    .isEqualTo(200);
        }

        changePeer(others, others.stream().map(NodeProcess::host).toList());
        leader.restart();
        soon("the removed meta says that it is out")
                .untilAsserted(() -> assertThat(ask(leader, "/health/check")).contains("raftStatus:NotMember"));
        changePeer(others, HOSTS);
        leader.awaitHealthy();
        for (int i = 0; i < SERVICES; i++) {
            publisher.publish("com.example.Three" + i, address(i + SERVICES));
        }
        soon("every service complete after the return")
                .untilAsserted(() -> assertThat(shown.values())
                        .allSatisfy(each -> assertThat(each.now()).hasSize(2)));
        shown.forEach((service, each) -> assertNeverShorter(service, each.all()));
    }

    /** Asks each of the metas given, of which one at most leads. */
    private static void changePeer(List<NodeProcess> metas, List<String> members) {
        for (NodeProcess meta : metas) {
            assertThat(meta.post(
                                    NodePort.META_HTTP,
                                    "/manage/changePeer",
                                    "application/x-www-form-urlencoded",
                                    "ipAddressList=" + String.join(",", members))
                            .body())
                    .isEqualTo("{\"success\":true,\"message\":null}");
            for (NodeProcess other : metas) {
                soon("the group as " + other.host() + " sees it").untilAsserted(() -> {
                    for (String host : HOSTS) {
                        assertThat(ask(other, "/manage/queryPeer").contains(host))
                                .isEqualTo(members.contains(host));
                    }
                });
            }
        }
    }

    private static void assertNeverShorter(String service, List<List<String>> lists) {
        int longest = 0;
        for (List<String> list : lists) {
            assertThat(list.size()).as("lists of %s: %s", service, lists).isGreaterThanOrEqualTo(longest);
            longest = list.size();
        }
    }

    private NodeProcess leader() {
        return await("the meta leader")
                .atMost(Duration.ofSeconds(20))
                .until(() -> nodes.stream().filter(this::leads).findFirst().orElse(null), found -> found != null);
    }

    private boolean leads(NodeProcess node) {
        return ask(node, "/health/check").contains("raftStatus:Leader");
    }

    private static String ask(NodeProcess node, String path) {
        try {
            return node.get(NodePort.META_HTTP, path).body();
        } catch (UncheckedIOException down) {
            return "";
        }
    }

    private static String address(int number) {
        return "10.1.0." + number + ":12200";
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
