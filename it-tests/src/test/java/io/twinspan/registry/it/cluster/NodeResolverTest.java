package io.twinspan.registry.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.ScopeEnum;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.it.fixture.NodeProcess;
import io.twinspan.registry.it.fixture.NodeSpec;
import io.twinspan.registry.it.fixture.RecordingClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The resolvers of two datacenters and one by itself, asked over HTTP and DNS, beside official clients. */
class NodeResolverTest {
    private static final int EAST = 1_200;
    private static final int WEST = 1_400;
    private static final int ALONE = 1_600;
    private static final int DNS = 9_653;
    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static KafkaFixture kafka;
    private static NodeProcess east;
    private static NodeProcess west;
    private static NodeProcess alone;

    @BeforeAll
    static void start() {
        kafka = KafkaFixture.start();
        east = NodeProcess.start(NodeSpec.alone("east", EAST).withPeer("west", WEST, kafka.bootstrap()), folder);
        west = NodeProcess.start(NodeSpec.alone("west", WEST).withPeer("east", EAST, kafka.bootstrap()), folder);
        alone = NodeProcess.start(
                new NodeSpec("alone", "east", Set.of(), "127.0.0.1", List.of("127.0.0.1"), EAST, 96, "")
                        .withPeer("west", WEST, kafka.bootstrap())
                        .resolving(9_603 + ALONE, DNS + ALONE),
                folder);
        east.awaitHealthy();
        west.awaitHealthy();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable each : new AutoCloseable[] {alone, east, west, kafka}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @Test
    void aServiceIsAnsweredAsASubscriberOfTheOfficialClientHasIt() {
        String service = "com.example.Compared";
        RecordingClient inEast = new RecordingClient(east, "compared-east");
        RecordingClient inWest = new RecordingClient(west, "compared-west");
        RecordingClient.Shown shown = inEast.subscribe(service, ScopeEnum.global);
        assertThat(get(east, "/acvip/v1/domains/" + service).statusCode()).isIn(404, 503);

        var far = inWest.publish(service, "10.2.0.1:12200?weight=50", "10.2.0.2:12200");
        soon("the peer's, while there are no own").untilAsserted(() -> {
            assertThat(shown.now()).hasSize(2);
            assertSame(service, shown);
        });
        var own = inEast.publish(service, "10.1.0.1:12200?timeout=3000");
        soon("own first").untilAsserted(() -> {
            assertThat(shown.now()).containsExactly("10.1.0.1:12200?timeout=3000");
            assertSame(service, shown);
        });
        soon("the one by itself answers the same")
                .untilAsserted(() -> assertThat(checksum(alone("/acvip/v1/domains/" + service)))
                        .isEqualTo(checksum(
                                get(east, "/acvip/v1/domains/" + service).body())));
        own.unregister();
        soon("the peer's again").untilAsserted(() -> {
            assertThat(shown.now()).hasSize(2);
            assertSame(service, shown);
        });
        far.unregister();
        soon("nobody").untilAsserted(() -> {
            assertThat(shown.now()).isEmpty();
            assertThat(get(east, "/acvip/v1/domains/" + service).statusCode()).isEqualTo(404);
        });
        assertThat(get(east, "/acvip/v1/domains/" + service + "?dc=west").body())
                .contains("answered by resolvers there");
    }

    @Test
    void aVipThatIsSetInOneDatacenterIsAnsweredInBothAndAPollHearsOfIt() {
        JsonNode before = poll(east, "{\"timeoutSeconds\":0,\"domains\":{\"orders\":\"\"}}");
        assertThat(before.path("changed").size()).isZero();
        HttpResponse<String> set = west.post(
                NodePort.META_HTTP,
                "/vips/put",
                "application/json",
                "{\"domain\":\"orders\",\"endpoints\":[{\"host\":\"10.1.0.1\",\"port\":80,\"datacenter\":\"east\"},"
                        + "{\"host\":\"10.2.0.1\",\"port\":80,\"datacenter\":\"west\"}]}");
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);

        for (NodeProcess each : List.of(east, west)) {
            soon("the Vip in both datacenters")
                    .untilAsserted(() -> assertThat(
                                    get(each, "/acvip/v1/domains/orders").statusCode())
                            .isEqualTo(200));
        }
        assertThat(get(east, "/acvip/v1/domains/orders").body())
                .contains("10.1.0.1")
                .doesNotContain("10.2.0.1");
        assertThat(get(west, "/acvip/v1/domains/orders").body())
                .contains("10.2.0.1")
                .doesNotContain("10.1.0.1");
        assertThat(get(west, "/acvip/v1/domains/orders?dc=east").body()).contains("10.1.0.1");
        String there = get(west, "/acvip/v1/domains/orders?dc=east").body();
        String here = get(east, "/acvip/v1/domains/orders").body();
        assertThat(checksum(there)).as("equal answers, equal checksums").isEqualTo(checksum(here));
        soon("the one by itself answers the same")
                .untilAsserted(() ->
                        assertThat(checksum(alone("/acvip/v1/domains/orders"))).isEqualTo(checksum(here)));
        assertThat(get(east, "/acvip/v1/explain/orders").body())
                .contains("own datacenter")
                .contains("a nearer one has healthy ones");

        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(
                () -> poll(east, "{\"timeoutSeconds\":9,\"domains\":{\"orders\":\"" + checksum(here) + "\"}}"));
        west.post(NodePort.META_HTTP, "/vips/remove", "application/json", "{\"domain\":\"orders\"}");
        assertThat(waiting.join().path("gone").toString()).isEqualTo("[\"orders\"]");
    }

    @Test
    void serverListsNeverMixDatacentersAndWhoIsAskedForMoreServersNamesAll() {
        String own = east.address(NodePort.SESSION_CLIENT);
        for (String path : List.of("/api/servers/query", "/api/servers/query?zone=NOWHERE&dataCenter=x")) {
            assertThat(get(east, path).body()).isEqualTo(own);
        }
        assertThat(get(east, "/api/servers/queryWithWeight").body()).isEqualTo(own + "?weight=1");
        soon("the peer's servers")
                .untilAsserted(() -> assertThat(get(east, "/acvip/v1/servers").body())
                        .contains(
                                "\"datacenter\":\"east\"",
                                "\"datacenter\":\"west\"",
                                west.address(NodePort.SESSION_HTTP))
                        .contains("\"duty\":\"UNDECIDED\""));
        assertThat(get(east, "/acvip/v1/domains/session.twinspan?dc=west").body())
                .contains("\"port\":" + west.number(NodePort.SESSION_CLIENT));
        assertThat(get(east, "/acvip/v1/domains/console.twinspan").body())
                .contains("\"port\":" + east.number(NodePort.META_HTTP));
        soon("the list of the one by itself")
                .untilAsserted(() -> assertThat(alone("/api/servers/query")).isEqualTo(own));
    }

    @Test
    void aListIsNeverEmptyWhileASessionOfThePeerLives() {
        soon("the own list")
                .untilAsserted(
                        () -> assertThat(alone("/api/servers/query")).isEqualTo(east.address(NodePort.SESSION_CLIENT)));
        east.kill9();
        soon("the peer's, when the own datacenter is gone")
                .untilAsserted(
                        () -> assertThat(alone("/api/servers/query")).isEqualTo(west.address(NodePort.SESSION_CLIENT)));
        assertThat(alone("/acvip/v1/explain/session.twinspan")).contains("does not answer");
        east.restart().awaitHealthy();
        soon("the own again")
                .untilAsserted(
                        () -> assertThat(alone("/api/servers/query")).isEqualTo(east.address(NodePort.SESSION_CLIENT)));
    }

    @Test
    void namesAreAnsweredOverDnsByEveryResolver() throws NamingException {
        for (int port : List.of(DNS + EAST, DNS + WEST, DNS + ALONE)) {
            soon("A of the sessions")
                    .ignoreExceptions()
                    .until(() -> dns(port, "session.twinspan", "A").equals(List.of("127.0.0.1")));
            assertThat(dns(port, "session.twinspan", "SRV").get(0)).contains("127-0-0-1.addr.twinspan");
            assertThat(dns(port, "session.twinspan", "TXT").get(0)).contains("healthy=true", "marked=FRESH");
            assertThat(dns(port, "127-0-0-1.addr.twinspan", "A")).containsExactly("127.0.0.1");
            assertThatThrownBy(() -> dns(port, "www.example.com", "A")).isInstanceOf(NameNotFoundException.class);
        }
    }

    @Test
    void badInputIsRefusedWithTheReasonAndChangesNothing() {
        StringBuilder domains = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            domains.append(i == 0 ? "" : ",").append("\"d").append(i).append("\":\"\"");
        }
        HttpResponse<String> tooMany = east.post(
                NodePort.SESSION_HTTP, "/acvip/v1/poll", "application/json", "{\"domains\":{" + domains + "}}");
        assertThat(tooMany.statusCode()).isEqualTo(400);
        assertThat(tooMany.body())
                .contains("\"success\":false")
                .contains("10000")
                .contains("1000");

        HttpResponse<String> loopback = east.post(
                NodePort.META_HTTP,
                "/vips/put",
                "application/json",
                "{\"domain\":\"inside\",\"endpoints\":[{\"host\":\"127.0.0.1\",\"port\":9615,\"datacenter\":\"east\"}],"
                        + "\"check\":{\"kind\":\"HTTP\",\"path\":\"/\"}}");
        assertThat(loopback.statusCode()).isEqualTo(400);
        assertThat(loopback.body()).contains("\"success\":false").contains("is loopback");
        assertThat(east.get(NodePort.META_HTTP, "/vips?domain=inside").body()).contains("\"vips\":[]");
        assertThat(get(east, "/acvip/v1/domains/session.twinspan?dc=no%20where").statusCode())
                .isEqualTo(400);
    }

    private static void assertSame(String service, RecordingClient.Shown shown) {
        JsonNode answer = JsonMapper.shared()
                .readTree(get(east, "/acvip/v1/domains/" + service).body());
        List<String> answered = new ArrayList<>();
        answer.path("endpoints")
                .forEach(each -> answered.add(
                        each.path("host").asString() + ":" + each.path("port").asInt()));
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(shown.now().stream()
                        .map(each -> each.contains("?") ? each.substring(0, each.indexOf('?')) : each)
                        .toList());
    }

    private static String checksum(String answer) {
        return JsonMapper.shared().readTree(answer).path("checksum").asString("none");
    }

    private static HttpResponse<String> get(NodeProcess node, String path) {
        return node.get(NodePort.SESSION_HTTP, path);
    }

    /** The one by itself has no role and the metas' ports; its own is set by itself. */
    private static String alone(String path) {
        return alone.getAt(9_603 + ALONE, path).body();
    }

    private static JsonNode poll(NodeProcess node, String body) {
        return JsonMapper.shared()
                .readTree(node.post(NodePort.SESSION_HTTP, "/acvip/v1/poll", "application/json", body)
                        .body());
    }

    /** By the DNS client of the JDK, which nobody here has written; nothing of what it reads becomes an object. */
    @SuppressWarnings({"BanJNDI", "JdkObsolete"})
    private static List<String> dns(int port, String name, String type) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", "dns://127.0.0.1:" + port);
        InitialDirContext context = new InitialDirContext(environment);
        try {
            Attribute found = context.getAttributes(name, new String[] {type}).get(type);
            List<String> values = new ArrayList<>();
            for (int i = 0; found != null && i < found.size(); i++) {
                values.add(String.valueOf(found.get(i)));
            }
            return values;
        } finally {
            context.close();
        }
    }

    private static ConditionFactory soon(String what) {
        return await(what).atMost(BOUND).pollInterval(Duration.ofMillis(100));
    }
}
