package io.twinspan.registry.ops.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleNodesTest {
    @ParameterizedTest
    @CsvSource({
        "DATA, 10.0.0.1, 9615, 0, 10.0.0.1:9622",
        "DATA, 10.0.0.1, 10615, 0, 10.0.0.1:10622",
        "DATA, 127.0.0.1:9720, 9615, 0, 127.0.0.1:9722",
        "META, 127.0.0.1:9714, 9615, 0, 127.0.0.1:9715",
        "SESSION, 127.0.0.1:9700, 9615, 0, 127.0.0.1:9703",
        "SESSION, 10.0.0.1, 10615, 0, 10.0.0.1:10603",
        "DATA, 10.0.0.1, 9615, 80, 10.0.0.1:80"
    })
    void aNodeIsSpokenToAtTheHttpPortOfItsOffset(NodeRole role, String named, int metaPort, int given, String address) {
        assertThat(RoleNodes.http(named, new Endpoint("10.0.0.9", metaPort), role, given))
                .isEqualTo(Endpoint.parse(address));
    }

    @Test
    void everyNodeThatMetaNamesIsAskedAndWhatIsWrongIsSaid() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/digest/DATA/node/query", exchange -> answer(exchange, 200, "[\"127.0.0.1\"]"));
        server.createContext("/good", exchange -> answer(exchange, 200, "{\"services\":2}"));
        server.createContext("/bad", exchange -> answer(exchange, 400, "{\"message\":\"not so\"}"));
        server.start();
        try {
            int port = server.getAddress().getPort();
            RoleNodes nodes = new RoleNodes(new Endpoint("127.0.0.1", port), NodeRole.DATA, port);
            List<RoleNodes.Answer> good = nodes.post("/good", Map.of("all", true));
            assertThat(good).hasSize(1);
            assertThat(good.get(0).body().path("services").asInt()).isEqualTo(2);
            assertThat(nodes.get("/bad").get(0).problem()).contains("400").contains("not so");
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
