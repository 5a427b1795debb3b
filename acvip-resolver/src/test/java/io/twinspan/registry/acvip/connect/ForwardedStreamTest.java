package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One stream between real sockets, at times the test says. */
class ForwardedStreamTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long MILLI = 1_000_000;

    private final ToldSession session = new ToldSession();
    private final Selector selector;
    private final ServerSocketChannel door;
    private final Socket client;
    private final ForwardedStream stream;

    ForwardedStreamTest() throws IOException {
        selector = Selector.open();
        door = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = new Socket(InetAddress.getLoopbackAddress(), door.socket().getLocalPort());
        stream = new ForwardedStream(door.accept(), selector, ConnectSettings.Limits.standard(), new ForwardTally(), 0);
    }

    @BeforeEach
    void leadsToTheSession() {
        AnsweredEndpoint there = new AnsweredEndpoint(session.address(), "west", "", 100, true);
        stream.look(
                List.of(new Attempt(
                        there,
                        new InetSocketAddress(
                                session.address().host(), session.address().port()),
                        false)),
                0);
        turnUntil(() -> stream.target().isPresent());
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
        client.close();
        door.close();
        selector.close();
        session.close();
    }

    @Test
    void whoHasAskedWaitsForTheFirstAnswerAndNotForEver() throws IOException {
        assertThat(stream.awaitsFirstAnswer(1_000 * MILLI)).as("nothing asked").isFalse();

        client.getOutputStream().write("ask".getBytes(StandardCharsets.US_ASCII));
        turnUntil(() -> stream.awaitsFirstAnswer(1_000 * MILLI));
        assertThat(stream.awaitsFirstAnswer(100 * MILLI))
                .as("that may yet come")
                .isFalse();
        assertThat(stream.awaitsFirstAnswer(60_000 * MILLI)).as("it is stuck").isFalse();

        session.accepted(0).getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
        turnUntil(() -> !stream.awaitsFirstAnswer(1_000 * MILLI));
        assertThat(session.accepted(0).getInputStream().readNBytes(3))
                .isEqualTo("ask".getBytes(StandardCharsets.US_ASCII));
    }

    private void turnUntil(Callable<Boolean> isSo) {
        await().atMost(SOON).until(() -> {
            selector.selectNow();
            selector.selectedKeys().clear();
            stream.onReady(0);
            return isSo.call();
        });
    }
}
