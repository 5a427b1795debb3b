package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.client.api.Publisher;
import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Push closed and opened under official clients, over restarts, without metas, and from another datacenter. */
class ClosingPushTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final int ALONE = 19_000;
    private static final int EAST = 19_200;
    private static final int WEST = 19_400;
    private static final int SEPARATE = 19_600;
    /** Nobody listens there: the push switch goes over the metas and needs no broker. */
    private static final String NO_BROKER = "127.0.0.1:46990";

    private static final String SERVICE = "com.example.Closed";

    @TempDir
    Path folder;

    @Test
    void whileClosedClientsKeepTheirListsAndOpeningBringsTheLastOnceAlsoAfterARestart() {
        try (NodeProcess node = NodeProcess.start(NodeSpec.alone("east", ALONE), folder)) {
            node.awaitHealthy();
            RecordingClient client = new RecordingClient(node, "one");
            Publisher publisher = client.publish(SERVICE, "10.0.0.1:1");
            RecordingClient.Shown shown = client.subscribe(SERVICE, ScopeEnum.dataCenter);
            await("the first list").atMost(BOUND).until(() -> shown.now().equals(List.of("10.0.0.1:1")));

            JsonNode closed = change(node, "close", "", "\"reason\":\"test\"");
            assertThat(closed.path("message").asString()).contains("all 1 sessions have confirmed");
            publisher.republish("10.0.0.1:2");
            publisher.republish("10.0.0.1:3");
            await("what waits")
                    .atMost(BOUND)
                    .until(() ->
                            get(node, "/push/switch/preview").path("pushes").asInt() == 1);
            RecordingClient late = new RecordingClient(node, "late");
            RecordingClient.Shown first = late.subscribe(SERVICE, ScopeEnum.dataCenter);
            await("the list of one that starts")
                    .atMost(BOUND)
                    .until(() -> !first.now().isEmpty());
            assertThat(first.now()).containsExactly("10.0.0.1:1");
            assertThat(shown.all()).containsOnly(List.of("10.0.0.1:1"));

            node.kill9();
            node.restart().awaitHealthy();
            assertThat(node.get(NodePort.SESSION_HTTP, "/digest/pushSwitch").body())
                    .isEqualTo("{\"pushSwitch\":\"closed\"}");
            assertThat(node.get(NodePort.META_HTTP, "/digest/pushSwitch").body())
                    .isEqualTo("{\"stopPush\":\"true\"}");
            publisher.republish("10.0.0.1:4");
            await("both clients are back and wait for the last list")
                    .atMost(BOUND)
                    .until(() ->
                            get(node, "/push/switch/preview").path("clients").asInt() == 2);
            assertThat(shown.all()).containsOnly(List.of("10.0.0.1:1"));
            assertThat(first.all()).containsOnly(List.of("10.0.0.1:1"));

            change(node, "open", "", "");
            for (RecordingClient.Shown each : List.of(shown, first)) {
                await("the last list").atMost(BOUND).until(() -> each.now().equals(List.of("10.0.0.1:4")));
                assertThat(each.all()).as("no list between").containsOnly(List.of("10.0.0.1:1"), List.of("10.0.0.1:4"));
            }
        }
    }

    @Test
    void sessionsKeepAClosingThroughTheLossOfEveryMetaAndAnOperatorEndsIt() {
        NodeSpec all = NodeSpec.alone("east", SEPARATE);
        try (NodeProcess meta = NodeProcess.start(all.withRoles(NodeRole.META), folder);
                NodeProcess rest = NodeProcess.start(all.withRoles(NodeRole.DATA, NodeRole.SESSION), folder)) {
            meta.awaitHealthy();
            rest.awaitHealthy();
            HttpResponse<String> answer = meta.get(NodePort.META_HTTP, "/stopPushDataSwitch/open");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            meta.kill9();
            rest.kill9();
            rest.restart();
            await("the session remembers, alone in the world")
                    .atMost(BOUND)
                    .ignoreExceptions()
                    .until(() -> rest.get(NodePort.SESSION_HTTP, "/digest/pushSwitch")
                            .body()
                            .contains("closed"));

            meta.restart().awaitHealthy();
            await("it has joined again")
                    .atMost(BOUND)
                    .until(() -> get(meta, "/push/switch").path("sessions").size() == 1);
            HttpResponse<String> opened = meta.get(NodePort.META_HTTP, "/stopPushDataSwitch/close");
            assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
            await("open")
                    .atMost(BOUND)
                    .until(() -> rest.get(NodePort.SESSION_HTTP, "/digest/pushSwitch")
                            .body()
                            .contains("open"));
        }
    }

    @Test
    void anOperatorInOneDatacenterClosesThePushOfTheOtherAndIsToldWhenItIsCutOff() {
        try (NodeProcess east =
                        NodeProcess.start(NodeSpec.alone("east", EAST).withPeer("west", WEST, NO_BROKER), folder);
                NodeProcess west =
                        NodeProcess.start(NodeSpec.alone("west", WEST).withPeer("east", EAST, NO_BROKER), folder)) {
            east.awaitHealthy();
            west.awaitHealthy();
            RecordingClient client = new RecordingClient(west, "west-app");
            Publisher publisher = client.publish(SERVICE, "10.2.0.1:1");
            RecordingClient.Shown shown = client.subscribe(SERVICE, ScopeEnum.dataCenter);
            await("the first list").atMost(BOUND).until(() -> shown.now().size() == 1);

            JsonNode closed = change(east, "close", "?datacenter=west", "\"for\":\"PT1H\"");
            assertThat(closed.path("datacenter").asString()).isEqualTo("west");
            assertThat(get(east, "/push/switch").path("position").asString()).isEqualTo("open");
            publisher.republish("10.2.0.1:2");
            await("what waits in the west, seen from the east")
                    .atMost(BOUND)
                    .until(() -> get(east, "/push/switch/preview?datacenter=west")
                                    .path("pushes")
                                    .asInt()
                            == 1);
            String seen =
                    get(east, "/push/switch?datacenter=west").path("version").asString();
            HttpResponse<String> stale = post(east, "open", "?datacenter=west", "0", "");
            assertThat(stale.statusCode()).isEqualTo(409);
            assertThat(stale.body()).contains("has version " + seen, "is of version 0");

            west.kill9();
            HttpResponse<String> cut = post(east, "open", "?datacenter=west", seen, "");
            assertThat(cut.statusCode()).isEqualTo(503);
            assertThat(cut.body()).contains("datacenter west does not answer", "nothing is kept for later");
            west.restart().awaitHealthy();
            assertThat(get(west, "/push/switch").path("position").asString())
                    .as("the opening that failed was not kept")
                    .isEqualTo("closed");

            change(east, "open", "?datacenter=west", "");
            await("the last list").atMost(BOUND).until(() -> shown.now().equals(List.of("10.2.0.1:2")));
        }
    }

    private static JsonNode change(NodeProcess node, String what, String query, String rest) {
        String version = get(node, "/push/switch" + query).path("version").asString();
        HttpResponse<String> answer = post(node, what, query, version, rest);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> post(NodeProcess node, String what, String query, String version, String rest) {
        String body = "{\"version\":\"" + version + "\"" + (rest.isEmpty() ? "" : "," + rest) + "}";
        return node.post(NodePort.META_HTTP, "/push/switch/" + what + query, "application/json", body);
    }

    private static JsonNode get(NodeProcess node, String path) {
        HttpResponse<String> answer = node.get(NodePort.META_HTTP, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }
}
