package io.twinspan.registry.acvip.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketProbeTest {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final SocketProbe probe = new SocketProbe(HealthSettings.standard().withLocal(true));
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            int status = Integer.parseInt(path.substring(1));
            if (status == 302) {
                exchange.getResponseHeaders().add("Location", "/200");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        probe.close();
    }

    @ParameterizedTest
    @CsvSource({
        "200, true, answered 200",
        "204, true, answered 204",
        "404, false, answered 404",
        "500, false, answered 500"
    })
    void anAnswerIsWellBetweenTwoHundredAndTwoHundredNinetyNine(int status, boolean isWell, String word)
            throws Exception {
        assertThat(look(probe, server.getAddress().getPort(), HealthCheck.Kind.HTTP, "/" + status))
                .isEqualTo(new ProbeResult(isWell, word));
    }

    @Test
    void aRedirectIsUnhealthyAndNotFollowed() throws Exception {
        ProbeResult result = look(probe, server.getAddress().getPort(), HealthCheck.Kind.HTTP, "/302");

        assertThat(result.isPassed()).isFalse();
        assertThat(result.word()).contains("302").contains("redirect is not followed");
        assertThat(asked).containsExactly("/302");
    }

    @Test
    void aConnectionIsEnoughForTcpAndNothingIsSentOnIt() throws Exception {
        assertThat(look(probe, server.getAddress().getPort(), HealthCheck.Kind.TCP, "/")
                        .isPassed())
                .isTrue();
        assertThat(asked).isEmpty();
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertThat(look(probe, free, HealthCheck.Kind.TCP, "/")).isEqualTo(ProbeResult.failed("connection refused"));
    }

    @Test
    void whoTakesTheConnectionAndSaysNothingIsLate() throws Exception {
        HealthCheck impatient =
                new HealthCheck(HealthCheck.Kind.HTTP, "/", 1, 1, Duration.ofSeconds(1), Duration.ofMillis(300));
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(look(probe, silent.getLocalPort(), impatient).word()).isEqualTo("no answer within 300 ms");
        }
    }

    @Test
    void loopbackIsNotLookedAtUnlessASettingAllowsIt() throws Exception {
        try (SocketProbe strict = new SocketProbe(HealthSettings.standard())) {
            ProbeResult result = look(strict, server.getAddress().getPort(), HealthCheck.Kind.HTTP, "/200");

            assertThat(result.isPassed()).isFalse();
            assertThat(result.word()).isEqualTo("not looked at: 127.0.0.1 is loopback");
            assertThat(asked).isEmpty();
        }
    }

    @Test
    void whatIsNotHttpIsUnhealthy() {
        for (String line : List.of("", "SSH-2.0-OpenSSH", "HTTP/1.1", "HTTP/1.1 2000 OK", "HTTP/1.1 abc")) {
            assertThat(SocketProbe.status(line).isPassed()).as(line).isFalse();
        }
        assertThat(SocketProbe.status("HTTP/1.0 200").isPassed()).isTrue();
    }

    private static ProbeResult look(SocketProbe probe, int port, HealthCheck.Kind kind, String path) throws Exception {
        return look(probe, port, new HealthCheck(kind, path, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(10)));
    }

    private static ProbeResult look(SocketProbe probe, int port, HealthCheck check) throws Exception {
        return probe.look(new Endpoint("127.0.0.1", port), check)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }
}
