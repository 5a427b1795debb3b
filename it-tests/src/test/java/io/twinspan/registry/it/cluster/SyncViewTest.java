package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.AlertRules;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is shown of two real datacenters. */
class SyncViewTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final int EAST = 17_000;
    private static final int WEST = 17_200;

    @TempDir
    static Path folder;

    private static KafkaFixture kafka;
    private static NodeProcess east;
    private static NodeProcess west;

    @BeforeAll
    static void startBothDatacenters() {
        kafka = KafkaFixture.start();
        east = NodeProcess.start(NodeSpec.alone("east", EAST).withPeer("west", WEST, kafka.bootstrap()), folder);
        west = NodeProcess.start(NodeSpec.alone("west", WEST).withPeer("east", EAST, kafka.bootstrap()), folder);
        east.awaitHealthy();
        west.awaitHealthy();
        await("both are in sync").atMost(BOUND).untilAsserted(() -> {
            assertThat(get(west, NodePort.DATA_HTTP, "/digest/sync")).contains("\"state\":\"SYNCED\"");
            assertThat(get(east, NodePort.DATA_HTTP, "/digest/sync")).contains("\"state\":\"SYNCED\"");
        });
    }

    @AfterAll
    static void stopBothDatacenters() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {east, west, kafka}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void whileThingsChangeBothSidesAgreeEachTimeTheyAreCompared() {
        RecordingClient client = new RecordingClient(east, "churn-app");
        Publisher publisher = client.publish("com.example.Churn", "10.1.0.1:1");
        for (int round = 0; round < 10; round++) {
            for (int change = 0; change < 20; change++) {
                publisher.republish("10.1." + round + "." + change + ":1");
            }
            assertThat(get(west, NodePort.DATA_HTTP, "/digest/sync/verify?deep=" + (round % 2 == 0)))
                    .contains("\"agreed\":true")
                    .doesNotContain("\"verdict\":\"differ\"");
        }
    }

    @Test
    void metricsNameThePeerOnEveryHttpPort() {
        for (NodePort port : List.of(NodePort.DATA_HTTP, NodePort.META_HTTP, NodePort.SESSION_HTTP)) {
            assertThat(get(west, port, "/metrics"))
                    .contains("twinspan_sync_state{datacenter=\"west\",peer=\"east\",state=\"synced\"}")
                    .contains("twinspan_sync_path{datacenter=\"west\",path=\"kafka\",peer=\"east\"} 1.0")
                    .contains("twinspan_sync_lag_seconds{datacenter=\"west\",peer=\"east\"}")
                    .contains("twinspan_sync_fetch_breaker{datacenter=\"west\",peer=\"east\",state=\"closed\"} 1.0")
                    .contains("twinspan_data_publishers{datacenter=\"west\"}", "jvm_memory_used_bytes");
        }
    }

    @Test
    void aNodeTellsEverythingThatTheAlertRulesRead() {
        String service = "com.example.Alerted";
        new RecordingClient(east, "alerted-app").publish(service, "10.1.0.8:12200");
        RecordingClient.Shown shown = new RecordingClient(west, "alert-app").subscribe(service, ScopeEnum.global);
        await("something of the peer is held")
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of("10.1.0.8:12200")));

        assertThat(AlertRules.missing(get(west, NodePort.META_HTTP, "/metrics")))
                .isEmpty();
    }

    @Test
    void aServiceIsAnsweredOverHttpWithTheAgeOfEachDatacentersAddresses() {
        String service = "com.example.Far";
        new RecordingClient(east, "far-app").publish(service, "10.1.0.9:12200");
        RecordingClient.Shown shown = new RecordingClient(west, "near-app").subscribe(service, ScopeEnum.global);
        await("the east's address in the west")
                .atMost(BOUND)
                .until(() -> shown.now().equals(List.of("10.1.0.9:12200")));

        await("the answer over HTTP")
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(get(west, NodePort.SESSION_HTTP, "/api/v1/services/" + service))
                        .contains("\"datacenter\":\"west\",\"ageSeconds\":0.0,\"stale\":false")
                        .containsPattern("\"datacenter\":\"east\",\"ageSeconds\":[0-9.]+,\"stale\":false")
                        .contains("10.1.0.9:12200"));
        assertThat(west.get(NodePort.SESSION_HTTP, "/api/v1/services/" + service + "?scope=planet")
                        .statusCode())
                .isEqualTo(400);
    }

    private static String get(NodeProcess node, NodePort port, String path) {
        return node.get(port, path).body();
    }
}
