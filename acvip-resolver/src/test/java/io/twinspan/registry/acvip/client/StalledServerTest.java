package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that sends the head of an answer and a part of its body, and then nothing. */
class StalledServerTest {
    private static final String BEGINNING =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"changed\":[";

    private static final ClientLimits QUICK = new ClientLimits(
            10,
            4,
            2,
            10,
            1 << 20,
            new ClientLimits.Times(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(20),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10)));

    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    @Test
    void whoStallsInTheMiddleOfAnAnswerIsGivenUpForTheNext() throws Exception {
        try (ServerSocket stalled = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                FixtureResolver good = new FixtureResolver("east")) {
            good.set("session.twinspan", "10.0.0.1:9600");
            Thread answering = new Thread(() -> stall(stalled), "stalled-server");
            answering.setDaemon(true);
            answering.start();
            ClientSettings settings = ClientSettings.of(
                            "127.0.0.1:" + stalled.getLocalPort(),
                            good.address().toString())
                    .within(QUICK);
            try (ResolverClient client = ResolverClient.open(settings)) {
                CountDownLatch isKnown = new CountDownLatch(1);
                client.listen("session.twinspan", found -> isKnown.countDown());
                assertThat(isKnown.await(20, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(open).as("the stalled one was asked").isNotEmpty();
        } finally {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    private void stall(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                socket.getOutputStream().write(BEGINNING.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        } catch (IOException over) {
            // The test has ended.
        }
    }
}
