package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad input over HTTP, and the views that operators' scripts read. */
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
