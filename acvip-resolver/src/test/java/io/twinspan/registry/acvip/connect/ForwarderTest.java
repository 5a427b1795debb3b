package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.client.AnsweredEndpoint;
import io.twinspan.registry.acvip.client.ResolvedDomain;
import io.twinspan.registry.acvip.client.ServedAnswer;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams over loopback, between sockets that do as they are told. */
class ForwarderTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final ConnectSettings.Limits QUICK = new ConnectSettings.Limits(
            4,
            1_024,
            Duration.ofSeconds(1),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(800),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ZERO,
            50,
            Duration.ofMillis(200));
    private static final ConnectSettings.Limits PATIENT = new ConnectSettings.Limits(
            100,
            1_024,
            Duration.ofMillis(200),
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ZERO,
            50,
            Duration.ofMillis(200));

    private final ToldSession east = new ToldSession();
    private final ToldSession west = new ToldSession();
    private final List<Socket> clients = new ArrayList<>();
    private final Map<String, String> network = new ConcurrentHashMap<>();
    private final CountDownLatch isOver = new CountDownLatch(1);
    private Forwarder forwarder = open(QUICK, ProxyPort.NONE);

    @BeforeEach
    void namesEast() {
        name("7/east", "east", east.address());
    }

    @AfterEach
    void close() throws IOException {
        isOver.countDown();
        for (Socket client : clients) {
            client.close();
        }
        forwarder.close();
        east.close();
        west.close();
    }

    @Test
    void bytesGoBothWaysAndWhoEndsIsHeardOnTheOtherSide() throws IOException {
        Socket client = connect();
        send(client, "hello");
        Socket session = east.accepted(0);
        assertThat(read(session, 5)).isEqualTo("hello");
        send(session, "and back");
        assertThat(read(client, 8)).isEqualTo("and back");

        client.shutdownOutput();
        assertThat(session.getInputStream().read()).isEqualTo(-1);
        send(session, "last words");
        assertThat(read(client, 10)).isEqualTo("last words");
        session.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        await().atMost(SOON).until(() -> forwarder.counters().streams() == 0);
        assertThat(forwarder.counters().bytesUp()).isEqualTo(5);
        assertThat(forwarder.counters().bytesDown()).isEqualTo(18);
    }

    @Test
    void aKilledSessionEndsTheStreamAndTheNextConnectionGoesToAnother() throws IOException {
        name("7/east", "east", east.address(), west.address());
        Socket client = connect();
        send(client, "x");
        await().atMost(SOON).until(() -> east.count() + west.count() == 1);
        ToldSession chosen = east.count() == 1 ? east : west;
        ToldSession other = chosen == east ? west : east;
        chosen.kill();

        assertEnds(client);
        send(connect(), "y");
        assertThat(read(other.accepted(0), 1)).isEqualTo("y");
    }

    @Test
    void aHeaderNamesTheClientBeforeItsFirstByte() throws IOException {
        forwarder.close();
        try (ToldSession proxied = new ToldSession()) {
            forwarder = open(
                    QUICK, ProxyPort.parse(Integer.toString(proxied.address().port())));
            name("7/east", "east", east.address());
            Socket client = connect();
            send(client, "hello");
            byte[] first = proxied.accepted(0).getInputStream().readNBytes(28 + 5);
            ProxyHeader.Reading.Whole whole =
                    (ProxyHeader.Reading.Whole) ProxyHeader.read(java.nio.ByteBuffer.wrap(first));
            assertThat(whole.header().source().orElseThrow())
                    .isEqualTo(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), client.getLocalPort()));
            assertThat(new String(first, 28, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
            assertThat(forwarder.counters().unproxied()).isZero();
        }
    }

    @Test
    void aSessionWithoutThatPortIsReachedAtItsOrdinaryOne() throws IOException {
        forwarder.close();
        int closed;
        try (ToldSession gone = new ToldSession()) {
            closed = gone.address().port();
        }
        forwarder = open(QUICK, ProxyPort.parse(Integer.toString(closed)));
        name("7/east", "east", east.address());
        send(connect(), "hello");
        assertThat(read(east.accepted(0), 5)).isEqualTo("hello");
        assertThat(forwarder.counters().unproxied()).isEqualTo(1);
    }

    @Test
    void whoReadsNothingCostsTwoBuffersAndIsEnded() throws IOException {
        Socket client = connect();
        send(client, "x");
        Socket session = east.accepted(0);
        long sent = 0;
        session.setSoTimeout(1_000);
        byte[] block = new byte[64 << 10];
        try {
            for (int i = 0; i < 2_000; i++) {
                session.getOutputStream().write(block);
                sent += block.length;
            }
        } catch (SocketException ended) {
            assertThat(ended).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
        }
        await().atMost(SOON).until(() -> forwarder.counters().stuck() == 1);
        assertThat(forwarder.counters().bytesDown()).isLessThan(32L << 20);
        assertThat(sent).isLessThan(2_000L * block.length);
    }

    @Test
    void whoNeverEndsAfterTheOtherHasIsEnded() throws IOException {
        Socket client = connect();
        send(client, "x");
        Socket session = east.accepted(0);
        assertThat(read(session, 1)).isEqualTo("x");
        client.shutdownOutput();
        assertEnds(session);
        await().atMost(SOON).until(() -> forwarder.counters().stuck() == 1);
        assertThat(forwarder.counters().streams()).isZero();
    }

    @Test
    void aClientForWhomThereIsNoSessionIsKeptAWhileAndThenEnded() throws IOException {
        east.kill();
        Socket waits = connect();
        name("7/east", "east", west.address());
        send(waits, "x");
        assertThat(read(west.accepted(0), 1)).isEqualTo("x");

        west.kill();
        assertEnds(connect());
        assertThat(forwarder.counters().unserved()).isEqualTo(1);
    }

    @Test
    void streamsOfADatacenterThatDrainsAreEndedWhenAnotherIsNamedAndNotBefore() throws IOException {
        Socket client = connect();
        send(client, "x");
        assertThat(read(east.accepted(0), 1)).isEqualTo("x");

        try (ToldSession drained = new ToldSession()) {
            name("7/east", "east", drained.address());
            send(connect(), "y");
            assertThat(read(drained.accepted(0), 1)).isEqualTo("y");
            send(client, "z");
            assertThat(read(east.accepted(0), 1))
                    .as("a session that left the list keeps its streams")
                    .isEqualTo("z");

            nameWhileDraining("east", "8/west", "west", west.address());
            assertEnds(client);
            assertEnds(clients.get(1));
        }
        send(connect(), "w");
        assertThat(read(west.accepted(0), 1)).isEqualTo("w");
        await().atMost(SOON).until(() -> forwarder.counters().moved() == 2);
    }

    @Test
    void whoIsLedToAHostThatIsGoneIsLedElsewhereOnceItIsNotNamed() throws IOException {
        forwarder.close();
        forwarder = open(PATIENT, ProxyPort.NONE);
        try (LostHost lost = new LostHost()) {
            name("7/east", "east", lost.endpoint());
            Socket client = connect();
            send(client, "x");
            assertThat(read(lost.accept(), 1)).isEqualTo("x");
            lost.lose();
            name("8/west", "west", west.address());
            assertEnds(client);
            send(connect(), "y");
            assertThat(read(west.accepted(0), 1)).isEqualTo("y");
        }
    }

    @Test
    void aSessionThatIsElsewhereNowIsReachedThereThoughTheAnswerIsTheSame() throws IOException {
        forwarder.close();
        forwarder = open(PATIENT, ProxyPort.NONE);
        name("7/east", "east", new Endpoint("east.example", east.address().port()));
        Socket early = connect();
        send(early, "unknown until now");
        network.put("east.example", "127.0.0.1");
        assertThat(read(east.accepted(0), 17)).isEqualTo("unknown until now");

        network.put("east.example", "127.0.0.2");
        await().atMost(SOON).until(() -> {
            connect();
            return forwarder.counters().failedConnects() > 0;
        });
        network.put("east.example", "127.0.0.1");
        await().atMost(SOON).until(() -> forwarder.counters().connected() == clients.size());
    }

    @Test
    void aLookupThatHangsKeepsNobodyFromTheOthers() throws IOException {
        name("7/east", "east", new Endpoint("hangs.example", 9_600), east.address());
        send(connect(), "x");
        assertThat(read(east.accepted(0), 1)).isEqualTo("x");
        name("8/west", "west", new Endpoint("hangs.example", 9_600), west.address());
        send(connect(), "y");
        assertThat(read(west.accepted(0), 1)).isEqualTo("y");
    }

    @Test
    void aDatacenterThatDoesNotDrainKeepsItsStreamsAndWhoConnectsAgainIsLedToTheOther() throws IOException {
        Socket client = connect();
        send(client, "x");
        assertThat(read(east.accepted(0), 1)).isEqualTo("x");
        send(east.accepted(0), "X");
        name("8/west", "west", west.address());
        Socket half = connect();
        send(half, "y");
        assertThat(read(west.accepted(0), 1)).isEqualTo("y");
        send(west.accepted(0), "Y");
        half.shutdownOutput();
        await("while this one waits, two waves go by")
                .atMost(SOON)
                .until(() -> forwarder.counters().stuck() == 1);
        assertThat(forwarder.counters().moved()).isZero();
        send(client, "z");
        assertThat(read(east.accepted(0), 1)).isEqualTo("z");

        // As a session does that sends its clients away when an operator calls them over.
        east.accepted(0).close();
        assertThat(read(client, 1)).isEqualTo("X");
        assertEnds(client);
        send(connect(), "w");
        assertThat(read(west.accepted(1), 1)).isEqualTo("w");
    }

    @Test
    void furtherClientsWaitUntilThereIsRoom() throws IOException {
        for (int i = 0; i < 5; i++) {
            send(connect(), Integer.toString(i));
        }
        await().atMost(SOON).until(() -> forwarder.counters().streams() == 4);
        assertThat(forwarder.counters().accepted()).isEqualTo(4);
        clients.get(0).close();
        await().atMost(SOON).until(() -> forwarder.counters().accepted() == 5);
        assertThat(read(east.accepted(4), 1)).isEqualTo("4");
    }

    private Forwarder open(ConnectSettings.Limits limits, ProxyPort proxyPort) {
        return Forwarder.open(
                new ConnectSettings(
                        new Endpoint("127.0.0.1", ToldSession.freePort()), "session.twinspan", proxyPort, limits),
                new Random(3),
                this::lookUp);
    }

    private InetAddress lookUp(String name) throws UnknownHostException {
        if (name.equals("hangs.example")) {
            awaitEnd();
        }
        String found = network.get(name);
        if (found == null) {
            throw new UnknownHostException(name);
        }
        return InetAddress.getByName(found);
    }

    private void awaitEnd() {
        try {
            isOver.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void name(String epoch, String datacenter, Endpoint... sessions) {
        tell(Set.of(), epoch, datacenter, sessions);
    }

    private void nameWhileDraining(String drained, String epoch, String datacenter, Endpoint... sessions) {
        tell(Set.of(drained), epoch, datacenter, sessions);
    }

    private void tell(Set<String> draining, String epoch, String datacenter, Endpoint... sessions) {
        String[] parts = epoch.split("/");
        List<AnsweredEndpoint> endpoints = Stream.of(sessions)
                .map(each -> new AnsweredEndpoint(each, datacenter, "", 100, true))
                .toList();
        FederationEpoch under = new FederationEpoch(Long.parseLong(parts[0]), new DatacenterId(parts[1]));
        forwarder.onAnswer(new ResolvedDomain(
                new ServedAnswer(
                        "session.twinspan", Optional.of(under), draining, epoch, Duration.ofSeconds(5), endpoints),
                false,
                Duration.ZERO));
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), forwarder.address().port());
        socket.setSoTimeout(10_000);
        clients.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
