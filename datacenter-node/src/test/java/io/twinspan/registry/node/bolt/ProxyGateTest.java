package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import io.twinspan.registry.acvip.connect.ProxyHeader;
import io.twinspan.registry.datum.RemovalCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The port for forwarded streams beside the ordinary one, over real sockets. */
class ProxyGateTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final RecordedRequests requests = new RecordedRequests();
    private final int forwardedPort = freePort();
    private BoltClientEdge edge = open(List.of());

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    void aForwardedClientIsKnownByItsOwnAddressAndServed() throws Exception {
        try (Socket socket = RawFrames.connect(forwardedPort)) {
            byte[] header = header("127.0.0.1", 41_000);
            // In pieces, as a network may bring them.
            socket.getOutputStream().write(header, 0, 5);
            socket.getOutputStream().flush();
            socket.getOutputStream().write(join(Arrays.copyOfRange(header, 5, header.length), register()));
            await().atMost(SOON).until(() -> requests.registrations.size() == 1);
            assertThat(requests.last().by().remoteAddress()).isEqualTo("127.0.0.1:41000");
            assertThat(socket.getInputStream().read()).as("the answer").isEqualTo(1);
        }
        await().atMost(SOON).until(() -> requests.causes.size() == 1);
        assertThat(requests.causes).containsExactly(RemovalCause.CLIENT_CLOSED);
        assertThat(edge.counters().connections()).isZero();
    }

    @Test
    void connectionsOfBothPortsAreNumberedTogether() throws IOException {
        try (Socket forwarded = RawFrames.connect(forwardedPort);
                Socket ordinary = RawFrames.connect(edge.port())) {
            forwarded.getOutputStream().write(header("127.0.0.1", 41_000));
            await().atMost(SOON).until(() -> requests.connected.size() == 2);
            assertThat(requests.connected.get(0).number())
                    .isNotEqualTo(requests.connected.get(1).number());
            assertThat(ordinary.isConnected()).isTrue();
        }
    }

    @Test
    void nobodyIsThereBeforeTheHeaderIsWhole() throws IOException {
        try (Socket socket = RawFrames.connect(forwardedPort)) {
            byte[] header = header("127.0.0.1", 41_000);
            socket.getOutputStream().write(header, 0, header.length - 1);
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> requests.connected.isEmpty());
            socket.getOutputStream().write(header, header.length - 1, 1);
            await().atMost(SOON).until(() -> requests.connected.size() == 1);
        }
    }

    @Test
    void noHeaderAWrongOneAndNoneInTimeEndTheConnection() throws IOException {
        assertRefused(register());
        assertRefused("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertRefused("PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
        assertRefused(new byte[0]);
        assertThat(edge.counters().refusedHeaders()).isEqualTo(4);
        assertThat(requests.connected).isEmpty();
        assertThat(requests.causes).isEmpty();
    }

    @Test
    void whoIsNotTrustedNamesOnlyItself() throws IOException {
        assertRefused(join(header("10.1.2.3", 41_000), register()));
        edge.close();
        edge = open(List.of("127.0.0.0/8"));
        try (Socket socket = RawFrames.connect(forwardedPort)) {
            socket.getOutputStream().write(join(header("10.1.2.3", 41_000), register()));
            await().atMost(SOON).until(() -> requests.registrations.size() == 1);
            assertThat(requests.last().by().remoteAddress()).isEqualTo("10.1.2.3:41000");
        }
    }

    @Test
    void onTheOrdinaryPortNobodyIsNamed() throws IOException {
        try (Socket socket = RawFrames.connect(edge.port())) {
            socket.getOutputStream().write(join(header("127.0.0.1", 41_000), register()));
            assertEnds(socket);
        }
        assertThat(edge.counters().refusedFrames()).isEqualTo(1);
        assertThat(requests.registrations).isEmpty();
        assertThat(requests.connected)
                .allSatisfy(each -> assertThat(each.remoteAddress()).isNotEqualTo("127.0.0.1:41000"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.2, false",
        "10.1.2.0/25, 10.1.2.127, true",
        "10.1.2.0/25, 10.1.2.128, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fe80::1, false",
        "fd00::/8, 10.0.0.1, false"
    })
    void aRangeHoldsWhatBeginsAlike(String range, String address, boolean isIn) throws UnknownHostException {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(isIn);
    }

    @Test
    void settingsThatMeanNothingAreRefusedByName() {
        assertThatThrownBy(() -> ProxySettings.of(70_000, List.of()))
                .hasMessageContaining("twinspan.session.proxy-port");
        for (String wrong : List.of("", "nowhere", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1", "example.com/8")) {
            assertThatThrownBy(() -> ProxySettings.of(9_605, List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private BoltClientEdge open(List<String> senders) {
        BoltClientEdge opened = new BoltClientEdge(
                "127.0.0.1", 0, ClientEdgeSettings.standard(), ProxySettings.of(forwardedPort, senders), requests);
        opened.start();
        return opened;
    }

    private void assertRefused(byte[] bytes) throws IOException {
        try (Socket socket = RawFrames.connect(forwardedPort)) {
            socket.getOutputStream().write(bytes);
            assertEnds(socket);
        }
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            assertThat(socket.getInputStream().read())
                    .as("end of the connection")
                    .isEqualTo(-1);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageMatching("Connection reset.*|Broken pipe.*");
        }
    }

    private static byte[] header(String host, int port) {
        return ProxyHeader.write(
                new InetSocketAddress(host, port), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9_605));
    }

    private static byte[] register() {
        PublisherRegister publisher = new PublisherRegister();
        publisher.setDataId("service");
        publisher.setGroup("G");
        publisher.setRegistId("id");
        publisher.setEventType("REGISTER");
        publisher.setVersion(1L);
        publisher.setDataList(List.of(new DataBox("10.0.0.1:12200")));
        try {
            byte[] content = BoltFixtures.hessian(publisher);
            return RawFrames.request(PublisherRegister.class.getName(), content, content.length);
        } catch (com.alipay.remoting.exception.CodecException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
