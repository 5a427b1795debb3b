package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datum.RemovalCause;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a connection ended decides what becomes of what its client has published. */
class EdgeEndingsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordedRequests requests = new RecordedRequests();
    private BoltClientEdge edge = open(Duration.ofMinutes(1));

    @BeforeEach
    void start() {
        edge.start();
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    @Test
    void aFinIsTheClientsOwnWord() throws IOException {
        connect().close();
        awaitCause(RemovalCause.CLIENT_CLOSED);
    }

    @Test
    void aResetIsTheClientsOwnWord() throws IOException {
        Socket socket = connect();
        socket.setSoLinger(true, 0);
        socket.close();
        awaitCause(RemovalCause.CLIENT_CLOSED);
    }

    @Test
    void whatIsClosedForItsBytesIsClosedByUs() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitCause(RemovalCause.CLOSED_BY_NODE);
        }
    }

    @Test
    void whatTheSessionClosesIsClosedByUs() throws IOException {
        try (Socket socket = connect()) {
            requests.connected.get(0).close();
            awaitCause(RemovalCause.CLOSED_BY_NODE);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void silenceIsNobodysWord() throws IOException {
        edge.close();
        edge = open(Duration.ofMillis(100));
        edge.start();
        try (Socket socket = connect()) {
            awaitCause(RemovalCause.IDLE);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void theEndOfThisNodeSaysNothingOfItsClients() throws IOException {
        try (Socket socket = connect()) {
            edge.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(requests.gone).isEmpty();
        }
    }

    private BoltClientEdge open(Duration idle) {
        return new BoltClientEdge(
                "127.0.0.1",
                0,
                new ClientEdgeSettings(3 << 20, 3, idle, Duration.ofMillis(500), Duration.ofSeconds(30), 1 << 20, 256),
                requests);
    }

    private Socket connect() throws IOException {
        Socket socket = RawFrames.connect(edge.port());
        await().atMost(SOON).until(() -> requests.connected.size() == 1);
        return socket;
    }

    private void awaitCause(RemovalCause cause) {
        await().atMost(SOON).untilAsserted(() -> assertThat(requests.causes).containsExactly(cause));
    }
}
