package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.AgentHost;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import io.twinspan.registry.it.fixture.RunbookPage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A datacenter is killed, and the clients of an agent are in the other one. */
@Execution(ExecutionMode.CONCURRENT)
class AgentRefugeTest {
    private static final int EAST = 3_100;
    private static final int WEST = 4_100;
    private static final int ABOVE = 5;
    private static final int AGENT_HTTP = 9_663 + EAST;
    private static final int AGENT_CLIENTS = 9_664 + EAST;
    private static final String SERVICE = "com.example.Refugee";
    private static final String SESSIONS = "session.twinspan";
    private static final String ADDRESS = "10.0.0.1:12200";
    /** Nobody listens there: the datacenters hear of each other directly. */
    private static final String NO_KAFKA = "127.0.0.1:1";

    @TempDir
    Path folder;

    @Test
    void clientsOfADatacenterThatIsKilledAreServedByTheOther() {
        try (NodeProcess east = start("east", EAST, "west", WEST);
                NodeProcess west = start("west", WEST, "east", EAST);
                AgentHost agent = agent()) {
            east.awaitHealthy();
            west.awaitHealthy();
            agent.awaitAnswer(SESSIONS);
            soon("both datacenters' servers are learned")
                    .untilAsserted(() -> assertThat(
                                    agent.get("/acvip/v1/servers").body())
                            .contains(east.address(NodePort.SESSION_HTTP), west.address(NodePort.SESSION_HTTP)));
            new RecordingClient("127.0.0.1", AGENT_HTTP, "provider").publish(SERVICE, ADDRESS);
            RecordingClient.Shown shown =
                    new RecordingClient("127.0.0.1", AGENT_HTTP, "consumer").subscribe(SERVICE, ScopeEnum.global);
            soon("the list").untilAsserted(() -> assertThat(shown.now()).containsExactly(ADDRESS));
            assertThat(connections(east)).hasSize(2);
            int complete = shown.all().size() - 1;

            east.kill9();
            long killed = System.nanoTime();

            soon("the agent names the west").until(() -> isNamed("west", agent));
            long named = System.nanoTime();
            await("both clients are in the west")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertThat(connections(west)).hasSize(2));
            System.out.printf(
                    "killed -9: the agent names the other datacenter after %d ms, its clients are there after %d ms%n",
                    (named - killed) / 1_000_000, (System.nanoTime() - killed) / 1_000_000);
            soon("and registered there")
                    .untilAsserted(() -> assertThat(west.get(NodePort.SESSION_HTTP, "/digest/data/count")
                                    .body())
                            .contains("Publisher count: 1", "Subscriber count: 1"));
            assertThat(agent.get("/acvip/v1/domains/" + SESSIONS).body()).contains("FRESH");
            try (RunbookPage page = RunbookPage.open("registry-down.md", words(west))) {
                page.play("See that the applications have found refuge");
            }
            assertThat(shown.all().subList(complete, shown.all().size()))
                    .as("what is held of the east and what has come to the west may stand there both, for a moment")
                    .allSatisfy(list -> assertThat(list).contains(ADDRESS).containsOnly(ADDRESS));
        }
    }

    private static Map<String, String> words(NodeProcess west) {
        return Map.of(
                "com.example.Orders",
                SERVICE,
                "10.0.0.1:12200",
                ADDRESS,
                "AGENT:9663",
                "127.0.0.1:" + AGENT_HTTP,
                "WESTMETA:9615",
                west.address(NodePort.META_HTTP),
                "WESTSESSION:9603",
                west.address(NodePort.SESSION_HTTP));
    }

    private NodeProcess start(String name, int offset, String peer, int peerOffset) {
        NodeSpec spec = NodeSpec.alone(name, offset)
                .withPeer(peer, peerOffset, NO_KAFKA)
                .with("  session:\n    proxy-port: " + (NodePort.SESSION_CLIENT.defaultNumber() + offset + ABOVE)
                        + "\n");
        return NodeProcess.start(spec, folder.resolve(name));
    }

    private AgentHost agent() {
        int port = NodePort.SESSION_HTTP.defaultNumber();
        return new AgentHost(
                AGENT_HTTP,
                folder.resolve("agent"),
                "--server",
                "127.0.0.1:" + (port + EAST) + ",127.0.0.1:" + (port + WEST),
                "--connect",
                "127.0.0.1:" + AGENT_CLIENTS,
                "--proxy-port",
                "+" + ABOVE);
    }

    /** An endpoint of it is in the answer; the place of the agent is before the endpoints. */
    private static boolean isNamed(String datacenter, AgentHost agent) {
        String body = agent.get("/acvip/v1/domains/" + SESSIONS).body();
        return body.substring(body.indexOf("endpoints")).contains("\"datacenter\":\"" + datacenter + "\"");
    }

    private static String[] connections(NodeProcess node) {
        String body =
                node.get(NodePort.SESSION_HTTP, "/connections/query").body().replaceAll("[\\[\\]\"]", "");
        return body.isBlank() ? new String[0] : body.split(",");
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }
}
