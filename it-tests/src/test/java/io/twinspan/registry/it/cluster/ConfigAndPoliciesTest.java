package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.SeparateSofaRpc;
import io.twinspan.registry.it.fixture.SofaRpcApplication;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators say in one datacenter of two, and what applications on both sides make of it. */
class ConfigAndPoliciesTest {
    /**
     * Both datacenters have just started: while a broker is not heard yet, what they tell each other goes directly, after up to
     * 20 s.
     */
    private static final Duration FIRST_SYNC = Duration.ofSeconds(45);

    private static final Duration BOUND = Duration.ofSeconds(20);
    /** What operators are promised of a disabled address. */
    private static final Duration DISABLED_WITHIN = Duration.ofSeconds(2);

    private static final int CALLS = 30;
    private static final int MOST_CONSUMERS = 3;
    private static final int EAST = 20_000;
    private static final int WEST = 20_200;
    private static final int FIRST_PROVIDER = 23_901;
    private static final int SECOND_PROVIDER = 23_902;

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
    void sofaRpcConsumersOfBothDatacentersStopCallingAnAddressThatIsDisabledInOne() throws Exception {
        try (SofaRpcApplication here = new SofaRpcApplication(east.address(NodePort.SESSION_HTTP), "override");
                SeparateSofaRpc there = new SeparateSofaRpc(west.address(NodePort.SESSION_HTTP), "override")) {
            here.provide(FIRST_PROVIDER);
            here.provide(SECOND_PROVIDER);
            for (NodeProcess node : List.of(east, west)) {
                await("both providers are listed by " + node.name())
                        .atMost(FIRST_SYNC)
                        .until(() -> Stream.of(FIRST_PROVIDER, SECOND_PROVIDER)
                                .allMatch(port -> providers(node, here).contains("127.0.0.1:" + port)));
            }
            List<IntSupplier> consumers = List.of(callingBoth(() -> here.consume()::port), callingBoth(() -> {
                there.consumeAnew();
                return there::port;
            }));

            String disabled = "override://127.0.0.1:" + SECOND_PROVIDER + "?disabled=true&weight=100";
            JsonNode answer = put(west, here.dataId(), "SOFA.CONFIG", 1_000, disabled);
            assertThat(answer.path("datacenters").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrder("west", "east");
            for (IntSupplier each : consumers) {
                await("the disabled one is not called")
                        .atMost(DISABLED_WITHIN)
                        .until(() -> called(each).equals(Set.of(FIRST_PROVIDER)));
            }
            await("both consumers have acknowledged it")
                    .atMost(BOUND)
                    .untilAsserted(() -> assertThat(status(east, here.dataId(), "SOFA.CONFIG")
                                    .path("datacenters")
                                    .valueStream())
                            .hasSize(2)
                            .allSatisfy(each -> {
                                assertThat(each.path("version").asString()).isEqualTo("1000");
                                assertThat(each.path("consumers")
                                                .path(0)
                                                .path("acknowledged")
                                                .asString(""))
                                        .isEqualTo("1000");
                            }));

            post(west, "/persistentData/remove", name(here.dataId(), "SOFA.CONFIG") + "}");
            for (IntSupplier each : consumers) {
                await("it is called again")
                        .atMost(BOUND)
                        .until(() -> called(each).size() == 2);
            }
        }
    }

    @Test
    void whatIsPutWhileThePeerIsDownIsNamedAndThereOnceItIsBack() {
        put(east, "com.example.limits", "LIMITS", 5, "five");
        west.kill9();

        JsonNode answer = put(east, "com.example.limits", "LIMITS", 6, "six");
        assertThat(answer.path("datacenters").toString()).isEqualTo("[\"east\"]");
        assertThat(answer.path("missing").path("west").asString()).contains("not yet");

        west.restart().awaitHealthy();
        await("the value that was put meanwhile")
                .atMost(BOUND)
                .until(() -> status(west, "com.example.limits", "LIMITS")
                        .path("datacenters")
                        .valueStream()
                        .allMatch(each -> each.path("version").asString("").equals("6")));
        HttpResponse<String> lower =
                west.post(NodePort.META_HTTP, "/persistentData/put", "application/json", body("com.example.limits", 6));
        assertThat(lower.statusCode()).isEqualTo(409);
        assertThat(lower.body()).contains("version 6").contains("stored version 6");

        post(west, "/persistentData/rollback", name("com.example.limits", "LIMITS") + ",\"to\":\"6\"}");
        JsonNode history =
                json(east.get(NodePort.META_HTTP, "/persistentData/history?dataId=com.example.limits&group=LIMITS"));
        assertThat(history.path("versions")
                        .valueStream()
                        .map(each -> each.path("version").asString()))
                .contains("5", "6", "7");
    }

    @Test
    void aViewPolicyIsInForceWithinASecondAndAfterARestart() {
        RecordingClient eastClient = new RecordingClient(east, "east-app");
        RecordingClient westClient = new RecordingClient(west, "west-app");
        eastClient.publish("com.example.Viewed", "10.1.0.1:1");
        westClient.publish("com.example.Viewed", "10.2.0.1:1");
        RecordingClient.Shown shown = westClient.subscribe("com.example.Viewed", ScopeEnum.global);
        await("own first").atMost(BOUND).until(() -> shown.now().equals(List.of("10.2.0.1:1")));

        policies(west, "[{\"peer\":\"east\",\"service\":\"com.example.View*\",\"view\":\"all\"}]");
        await("all").atMost(BOUND).until(() -> shown.now().size() == 2);

        west.kill9();
        west.restart().awaitHealthy();
        await("all again").atMost(BOUND).until(() -> shown.now().size() == 2);

        policies(west, "[{\"peer\":\"east\",\"service\":\"com.example.View*\",\"view\":\"all\",\"push\":\"off\"}]");
        await("the peer is kept away").atMost(BOUND).until(() -> shown.now().equals(List.of("10.2.0.1:1")));
        policies(west, "[]");
    }

    /**
     * A consumer that calls both. When its library (5.13.2) is told of providers while it connects to them, a NullPointerException of
     * its own in AllConnectConnectionHolder.setUnavailable may cost it one of them for good; another consumer has both.
     */
    private static IntSupplier callingBoth(Supplier<IntSupplier> consumer) {
        for (int made = 1; ; made++) {
            IntSupplier each = consumer.get();
            try {
                await("both providers are called")
                        .atMost(BOUND)
                        .ignoreExceptionsInstanceOf(RuntimeException.class)
                        .untilAsserted(() ->
                                assertThat(called(each)).containsExactlyInAnyOrder(FIRST_PROVIDER, SECOND_PROVIDER));
                return each;
            } catch (ConditionTimeoutException lost) {
                if (made == MOST_CONSUMERS) {
                    throw lost;
                }
            }
        }
    }

    private static String providers(NodeProcess node, SofaRpcApplication application) {
        return node.get(NodePort.SESSION_HTTP, "/api/v1/services/" + application.dataId() + "?group=SOFA")
                .body();
    }

    /** The answers of as many calls as it takes to be sure that each provider that may be called is. */
    private static Set<Integer> called(IntSupplier call) {
        Set<Integer> ports = new TreeSet<>();
        for (int i = 0; i < CALLS; i++) {
            ports.add(call.getAsInt());
        }
        return ports;
    }

    private static void policies(NodeProcess node, String rules) {
        String version =
                json(node.get(NodePort.META_HTTP, "/policies")).path("version").asString();
        post(node, "/policies/put", "{\"version\":\"" + version + "\",\"rules\":" + rules + "}");
    }

    private static JsonNode put(NodeProcess node, String dataId, String group, long version, String data) {
        return post(
                node,
                "/persistentData/put",
                name(dataId, group) + ",\"version\":\"" + version + "\",\"data\":\"" + data + "\"}");
    }

    private static String body(String dataId, long version) {
        return name(dataId, "LIMITS") + ",\"version\":" + version + ",\"data\":\"x\"}";
    }

    private static String name(String dataId, String group) {
        return "{\"dataId\":\"" + dataId + "\",\"group\":\"" + group + "\",\"instanceId\":\"DEFAULT_INSTANCE_ID\"";
    }

    private static JsonNode status(NodeProcess node, String dataId, String group) {
        String name = java.net.URLEncoder.encode(dataId, java.nio.charset.StandardCharsets.UTF_8);
        return json(node.get(NodePort.META_HTTP, "/persistentData/status?dataId=" + name + "&group=" + group));
    }

    private static JsonNode post(NodeProcess node, String path, String body) {
        HttpResponse<String> answer = node.post(NodePort.META_HTTP, path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
