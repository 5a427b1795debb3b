package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.AgentHost;
import io.twinspan.registry.it.fixture.EstablishedSockets;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Official clients that know nothing but the agent of their host. */
class AgentConnectTest {
    private static final int OFFSET = 3_000;
    private static final int PROXY_PORT = 9_605 + OFFSET;
    private static final int AGENT_HTTP = 9_663 + OFFSET;
    private static final int AGENT_CLIENTS = 9_664 + OFFSET;
    private static final List<String> HOSTS = List.of("127.0.4.1", "127.0.4.2", "127.0.4.3");
    private static final String SERVICE = "com.example.Forwarded";
    private static final String SESSIONS = "session.twinspan";
    private static final int PROVIDERS = 6;
    private static final long MOST_RESIDENT = 100L * 1_000 * 1_000;

    @TempDir
    Path folder;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void clientsPublishAndSubscribeThroughTheAgentAndOutliveASession() {
        for (String host : HOSTS) {
            NodeSpec spec = NodeSpec.oneOf(HOSTS, host, "east", OFFSET)
                    .with("  session:\n    proxy-port: " + PROXY_PORT + "\n    rebalance: false\n");
            nodes.add(NodeProcess.start(spec, folder.resolve(host)));
        }
        nodes.forEach(NodeProcess::awaitHealthy);
        try (AgentHost agent = agent()) {
            agent.awaitAnswer(SESSIONS);
            soon("all sessions are named")
                    .untilAsserted(() -> HOSTS.forEach(host -> assertThat(
                                    agent.get("/acvip/v1/domains/" + SESSIONS).body())
                            .contains(host)));
            assertThat(agent.get("/api/servers/query").body()).isEqualTo("127.0.0.1:" + AGENT_CLIENTS);

            Set<String> expected = new TreeSet<>();
            for (int i = 0; i < PROVIDERS; i++) {
                expected.add("10.0.0." + i + ":1");
                new RecordingClient("127.0.0.1", AGENT_HTTP, "provider-" + i).publish(SERVICE, "10.0.0." + i + ":1");
            }
            RecordingClient.Shown shown =
                    new RecordingClient("127.0.0.1", AGENT_HTTP, "consumer").subscribe(SERVICE, ScopeEnum.dataCenter);
            soon("all providers").untilAsserted(() -> assertThat(shown.now()).containsExactlyElementsOf(expected));
            soon("each client is known by its own address")
                    .untilAsserted(() ->
                            assertThat(connected()).isEqualTo(ownAddresses()).hasSize(PROVIDERS + 1));
            int complete = shown.all().size() - 1;

            NodeProcess killed = nodes.stream()
                    .filter(node -> !connections(node).isEmpty())
                    .findFirst()
                    .orElseThrow();
            killed.kill9();
            nodes.remove(killed);

            await("every client is connected again")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() ->
                            assertThat(connected()).isEqualTo(ownAddresses()).hasSize(PROVIDERS + 1));
            soon("and shown everything")
                    .untilAsserted(() -> assertThat(shown.now()).containsExactlyElementsOf(expected));
            assertThat(shown.all().subList(complete, shown.all().size()))
                    .as("no list was ever shorter")
                    .allSatisfy(list -> assertThat(list).containsExactlyElementsOf(expected));
            assertThat(agent.residentBytes()).isBetween(1L, MOST_RESIDENT);

            nodes.forEach(NodeProcess::kill9);
            soon("the agent says that it is old")
                    .untilAsserted(() -> assertThat(
                                    agent.get("/acvip/v1/domains/" + SESSIONS).body())
                            .contains("\"marked\":\"OLD\""));
            String before = endpoints(agent);
            agent.killAndRestart();
            agent.awaitAnswer(SESSIONS);
            assertThat(agent.get("/acvip/v1/domains/" + SESSIONS).body()).contains("\"marked\":\"OLD\"");
            assertThat(endpoints(agent)).isEqualTo(before);
        }
    }

    private AgentHost agent() {
        String servers = nodes.stream()
                .limit(2)
                .map(node -> node.address(NodePort.SESSION_HTTP))
                .collect(Collectors.joining(","));
        return new AgentHost(
                AGENT_HTTP,
                folder.resolve("agent"),
                "--server",
                servers,
                "--connect",
                "127.0.0.1:" + AGENT_CLIENTS,
                "--proxy-port",
                Integer.toString(PROXY_PORT));
    }

    /** Clients as the sessions name them. */
    private Set<String> connected() {
        return nodes.stream()
                .flatMap(node -> connections(node).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Clients as the machine knows them: whoever has called the agent. */
    private static Set<String> ownAddresses() {
        return EstablishedSockets.callersOf("127.0.0.1", AGENT_CLIENTS).stream()
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> connections(NodeProcess node) {
        String body = node.get(NodePort.SESSION_HTTP, "/connections/query").body();
        return Stream.of(body.replaceAll("[\\[\\]\"]", "").split(","))
                .filter(each -> !each.isBlank())
                .toList();
    }

    private static String endpoints(AgentHost agent) {
        String body = agent.get("/acvip/v1/domains/" + SESSIONS).body();
        int from = body.indexOf("\"endpoints\"");
        return body.substring(from, body.indexOf(']', from));
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
