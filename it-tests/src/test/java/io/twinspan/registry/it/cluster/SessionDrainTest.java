package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Official clients sent from one session to the others, under the eyes of a consumer. */
@Execution(ExecutionMode.CONCURRENT)
class SessionDrainTest {
    private static final int OFFSET = 22_200;
    private static final List<String> HOSTS = List.of("127.0.4.1", "127.0.4.2", "127.0.4.3");
    private static final int PROVIDERS = 12;
    private static final String SERVICE = "com.example.Drained";

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void aDrainedSessionIsEmptyAndNobodyWasMissingOnTheWay() {
        HOSTS.forEach(host ->
                nodes.add(NodeProcess.start(NodeSpec.oneOf(HOSTS, host, "east", OFFSET), folder.resolve(host))));
        nodes.forEach(NodeProcess::awaitHealthy);
        NodeProcess drained = nodes.get(0);
        NodeProcess other = nodes.get(1);
        String address = drained.address(NodePort.SESSION_CLIENT);
        soon("all three sessions are told to clients")
                .untilAsserted(() -> assertThat(servers(other).split(";")).hasSize(3));
        for (int i = 0; i < PROVIDERS; i++) {
            new RecordingClient(nodes.get(i % nodes.size()), "provider-" + i).publish(SERVICE, "10.0.0." + i + ":1");
        }
        RecordingClient.Shown shown = new RecordingClient(other, "consumer").subscribe(SERVICE, ScopeEnum.dataCenter);
        soon("all providers").untilAsserted(() -> assertThat(shown.now()).hasSize(PROVIDERS));
        int complete = shown.all().size() - 1;

        assertThat(drain(drained, true)).contains("\"isDraining\":true");
        soon("a session that drains is told to nobody").untilAsserted(() -> {
            assertThat(servers(drained)).doesNotContain(address);
            assertThat(servers(other)).doesNotContain(address);
        });
        soon("no client is left")
                .untilAsserted(() -> assertThat(connections(drained)).isEqualTo("[]"));
        assertThat(shown.all().subList(complete, shown.all().size()))
                .allSatisfy(list -> assertThat(list).hasSize(PROVIDERS));

        assertThat(drain(drained, false)).contains("\"isDraining\":false");
        soon("it is told to clients again")
                .untilAsserted(() -> assertThat(servers(other)).contains(address));
    }

    private static String drain(NodeProcess node, boolean isDraining) {
        return node.post(
                        NodePort.SESSION_HTTP,
                        "/manage/drain",
                        "application/json",
                        "{\"isDraining\":" + isDraining + "}")
                .body();
    }

    private static String servers(NodeProcess node) {
        return node.get(NodePort.SESSION_HTTP, "/api/servers/query").body();
    }

    private static String connections(NodeProcess node) {
        return node.get(NodePort.SESSION_HTTP, "/connections/query").body();
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
