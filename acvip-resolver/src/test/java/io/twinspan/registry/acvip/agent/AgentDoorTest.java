package io.twinspan.registry.acvip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.client.ClientPlace;
import io.twinspan.registry.acvip.client.FixtureResolver;
import io.twinspan.registry.acvip.connect.ProxyPort;
import io.twinspan.registry.datacenter.Endpoint;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands at the agent's doors beside the answers themselves. */
class AgentDoorTest {
    @TempDir
    Path folder;

    private final FixtureResolver server = new FixtureResolver("east");

    @SuppressWarnings("NullAway.Init") // Started before each test, when there is a folder.
    private ResolverSubject.Agent agent;

    @BeforeEach
    void start() {
        server.follow("7/east");
        server.set("session.twinspan", "10.0.0.1:9600", "10.0.0.2:9600");
        server.list(server);
        agent = start(Optional.empty());
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    @Test
    void officialClientsAreToldTheSessionsAndNeverNothing() {
        assertThat(agent.get("/api/servers/query?zone=DEFAULT_ZONE&dataCenter=x")
                        .body())
                .isEqualTo("10.0.0.1:9600;10.0.0.2:9600");
        assertThat(agent.get("/api/servers/queryWithWeight").body())
                .isEqualTo("10.0.0.1:9600?weight=1;10.0.0.2:9600?weight=1");
        assertThat(agent.get("/api/servers/query.json").body()).isEqualTo("[\"10.0.0.1:9600\",\"10.0.0.2:9600\"]");
        server.remove("session.twinspan");
        await().atMost(Duration.ofSeconds(10))
                .until(() -> agent.get("/api/servers/query").statusCode() == 503);
    }

    @Test
    void whoForwardsTellsClientsItsOwnAddress() {
        agent.close();
        Endpoint connect = new Endpoint("127.0.0.1", ResolverSubject.freePort());
        agent = start(Optional.of(connect));
        assertThat(agent.get("/api/servers/query").body()).isEqualTo(connect.toString());
        assertThat(agent.get("/api/servers/queryWithWeight").body()).isEqualTo(connect + "?weight=1");
    }

    @Test
    void aLongPollIsAnsweredByTheChangeItWaitsFor() {
        String known = checksum("session.twinspan");
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> agent.post(
                "/acvip/v1/poll",
                "{\"timeoutSeconds\":30,\"domains\":{\"session.twinspan\":\"" + known + "\",\"orders\":\"\"}}"));
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(5)).until(() -> !waiting.isDone());
        server.set("session.twinspan", "10.0.0.3:9600");

        HttpResponse<String> answer =
                waiting.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
        assertThat(answer.body())
                .contains("\"host\":\"10.0.0.3\"", "\"marked\":\"FRESH\"", "\"gone\":[]", "\"number\":7")
                .doesNotContain("orders");
    }

    @Test
    void aLongPollWithoutChangeEndsInTimeWithNothing() {
        String known = checksum("session.twinspan");
        HttpResponse<String> answer = agent.post(
                "/acvip/v1/poll", "{\"timeoutSeconds\":1,\"domains\":{\"session.twinspan\":\"" + known + "\"}}");
        assertThat(answer.body()).contains("\"changed\":[]", "\"gone\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"domains\":[]}",
                "{\"domains\":{}}",
                "{\"domains\":{\"a\":1}}",
                "{\"domains\":{\"a#@#b\":\"\"}}",
                "{\"domains\":{\"a?group= \":\"\"}}",
                "{\"domains\":{\"a\":\"\"},\"timeoutSeconds\":61}",
                "{\"domains\":{\"a\":\"\"},\"timeoutSeconds\":-1}",
                "{\"domains\":{\"a\":\"\"},\"timeoutSeconds\":\"soon\"}"
            })
    void aPollThatCannotBeUnderstoodIsRefusedWithTheReason(String body) {
        HttpResponse<String> answer = agent.post("/acvip/v1/poll", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"success\":false,\"message\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.x.Foo%23@%23DEFAULT_INSTANCE_ID%23@%23SOFA", "orders?group=%20", "%20", "orders%3Fb"})
    void aNameThatNoServerTakesIsRefusedWithTheReason(String domain) {
        HttpResponse<String> answer = agent.get("/acvip/v1/domains/" + domain);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).startsWith("{\"success\":false,\"message\":\"");
    }

    @Test
    void aPollOfTenThousandDomainsIsRefused() {
        String domains =
                IntStream.range(0, 10_000).mapToObj(i -> "\"d" + i + "\":\"\"").collect(Collectors.joining(","));
        HttpResponse<String> answer = agent.post("/acvip/v1/poll", "{\"domains\":{" + domains + "}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("domains has 10000; ask for 1 to 1000");
        assertThat(agent.post("/acvip/v1/poll", "x".repeat((1 << 20) + 1_000)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void pathsAndMethodsThatAreNotThereAreRefused() {
        assertThat(agent.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(agent.get("/acvip/v1/poll").statusCode()).isEqualTo(405);
        assertThat(agent.post("/metrics", "").statusCode()).isEqualTo(405);
    }

    @Test
    void healthAndFiguresSayWhetherServersAnswer() {
        assertThat(agent.get("/health/check").body()).contains("\"success\":true", "servers are followed");
        assertThat(agent.get("/metrics").body()).contains("twinspan_agent_fresh 1\n", "twinspan_agent_epoch 7\n");
        assertThat(agent.get("/acvip/v1/servers").body())
                .contains("\"datacenter\":\"east\"", server.address().toString());
        server.stop();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> agent.get("/health/check").body().contains("old answers are given"));
        assertThat(agent.get("/metrics").body()).contains("twinspan_agent_fresh 0\n");
    }

    @Test
    void optionsAreReadAndWrongOnesAreNamed() {
        AgentOptions options = AgentOptions.parse(List.of(
                "--server",
                "a:1,b:2",
                "--server=c:3",
                "--connect",
                "127.0.0.1:9600",
                "--proxy-port=+5",
                "--dc",
                "east"));
        assertThat(options.servers()).hasSize(3);
        assertThat(options.listen()).isEqualTo(new Endpoint("127.0.0.1", 9663));
        assertThat(options.proxyPort()).isEqualTo(new ProxyPort(0, 5));
        assertThat(options.place()).isEqualTo(new ClientPlace("east", "", ""));
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("--server"),
                List.of("--server", "nowhere"),
                List.of("--server", "a:1", "--sever", "b:1"),
                List.of("--server", "a:1", "--dc", "east 1"),
                List.of("--server", "a:1", "--move-after", "-1"))) {
            assertThatThrownBy(() -> AgentOptions.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private ResolverSubject.Agent start(Optional<Endpoint> connect) {
        ResolverSubject.Agent started = new ResolverSubject.Agent(new AgentProcess(new AgentOptions(
                List.of(server.address()),
                new Endpoint("127.0.0.1", ResolverSubject.freePort()),
                Optional.empty(),
                connect,
                ProxyPort.NONE,
                Duration.ofSeconds(10),
                ClientPlace.UNKNOWN,
                "twinspan",
                folder)));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> started.ask("session.twinspan").state().equals("FRESH"));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> started.get("/acvip/v1/servers").body().contains("east"));
        return started;
    }

    private String checksum(String domain) {
        String body = agent.get("/acvip/v1/domains/" + domain).body();
        int at = body.indexOf("\"checksum\":\"") + 12;
        return body.substring(at, body.indexOf('"', at));
    }
}
