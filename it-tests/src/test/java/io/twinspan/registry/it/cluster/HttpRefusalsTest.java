package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad input over HTTP, and the views and calls that operators' scripts know. */
class HttpRefusalsTest {
    private static final String JSON = "application/json";

    @TempDir
    static Path folder;

    private static NodeProcess node;

    @BeforeAll
    static void startNode() {
        node = NodeProcess.start(NodeSpec.alone("east", 15_000), folder).awaitHealthy();
    }

    @AfterAll
    static void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = NodePort.class,
            names = {"SESSION_HTTP", "META_HTTP", "DATA_HTTP"})
    void unknownPathIsNamedInARefusal(NodePort port) {
        HttpResponse<String> answer = node.get(port, "/no/such/path");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"success\":false").contains("/no/such/path");
    }

    @Test
    void aPathOfOneRoleIsUnknownOnThePortOfAnother() {
        assertThat(node.get(NodePort.META_HTTP, "/api/servers/query").statusCode())
                .isEqualTo(404);
        assertThat(node.get(NodePort.SESSION_HTTP, "/api/servers/query").statusCode())
                .isEqualTo(200);
    }

    @Test
    void bodyThatIsNotJsonIsRefusedAndChangesNothing() {
        for (String body : List.of("{not json", "", "[1,2", "\"text\"", "null")) {
            HttpResponse<String> answer = node.post(NodePort.META_HTTP, "/persistentData/put", JSON, body);
            assertThat(answer.statusCode())
                    .as("body '%s': %s", body, answer.body())
                    .isEqualTo(400);
            assertThat(answer.body()).contains("\"success\":false");
        }
        for (String path : List.of("/digest/pub/connect/query", "/digest/sub/connect/query", "/api/clients/off")) {
            HttpResponse<String> answer = node.post(NodePort.SESSION_HTTP, path, JSON, "{not json");
            assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(400);
        }
        assertThat(node.post(NodePort.DATA_HTTP, "/digest/connect/query", JSON, "{not json")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedByItsLength() {
        String addresses = "[" + "\"1.1.1.1:1\",".repeat(700_000) + "\"1.1.1.1:1\"]";
        for (String path : List.of("/digest/pub/connect/query", "/digest/sub/connect/query", "/api/clients/off")) {
            HttpResponse<String> answer = node.post(NodePort.SESSION_HTTP, path, JSON, addresses);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(path).contains("longer than 4194304 bytes");
        }
        for (String path : List.of("/digest/connect/query", "/quarantine/confirm")) {
            HttpResponse<String> answer = node.post(NodePort.DATA_HTTP, path, JSON, addresses);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(path).contains("longer than 4194304 bytes");
        }
    }

    @Test
    void clientsAreTakenOutByTheirAddressOverEveryConnectionAndComeBack() {
        RecordingClient before = new RecordingClient(node, "before");
        before.publish("com.example.Off", "10.0.0.1:1");
        RecordingClient.Shown shown = before.subscribe("com.example.Off", ScopeEnum.dataCenter);
        soon("listed").until(() -> shown.now().equals(List.of("10.0.0.1:1")));

        HttpResponse<String> wrong = clients("clientOff", "127.0.0.1;nobody");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"success\":false").contains("ips has 'nobody'");
        assertThat(node.get(NodePort.META_HTTP, "/clientManager/query").body()).contains("\"clientOffAddress\":{}");

        assertThat(clients("clientOff", "127.0.0.1;10.0.0.9").body()).contains("\"success\":true");
        soon("taken out").until(() -> publishers().equals("0"));
        new RecordingClient(node, "later").publish("com.example.Off", "10.0.0.2:1");
        soon("both are registered and off").until(() -> {
            String connections =
                    node.get(NodePort.SESSION_HTTP, "/connections/query").body();
            return node.post(NodePort.SESSION_HTTP, "/digest/pub/connect/query", JSON, connections)
                            .body()
                            .split("\"off\":true", -1)
                            .length
                    == 3;
        });
        assertThat(publishers()).isEqualTo("0");

        assertThat(clients("clientOpen", "127.0.0.1").body()).contains("\"success\":true");
        soon("back").until(() -> shown.now().equals(List.of("10.0.0.1:1", "10.0.0.2:1")));
        assertThat(publishers()).isEqualTo("2");
    }

    private static HttpResponse<String> clients(String call, String ips) {
        return node.post(
                NodePort.META_HTTP, "/clientManager/" + call, "application/x-www-form-urlencoded", "ips=" + ips);
    }

    /** As the session counts those in force. */
    private static String publishers() {
        return node.get(NodePort.SESSION_HTTP, "/digest/data/count")
                .body()
                .replaceAll(".*Publisher count: (\\d+).*", "$1");
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    @Test
    void provisionWithoutDataIdNamesTheField() {
        HttpResponse<String> answer = node.post(
                NodePort.META_HTTP, "/persistentData/put", JSON, "{\"group\":\"G\",\"version\":1,\"data\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("dataId");
    }

    @Test
    void lowerVersionIsRefusedWithBothNumbers() {
        String put = "{\"dataId\":\"d\",\"group\":\"G\",\"instanceId\":\"I\",\"version\":\"%s\",\"data\":\"x\"}";
        assertThat(node.post(NodePort.META_HTTP, "/persistentData/put", JSON, put.formatted("1111111111121"))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> answer = node.post(NodePort.META_HTTP, "/persistentData/put", JSON, put.formatted("17"));

        assertThat(answer.body()).contains("\"success\":false").contains("17").contains("1111111111121");
    }
}
