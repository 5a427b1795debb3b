package io.twinspan.registry.acvip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.client.ClientPlace;
import io.twinspan.registry.acvip.client.FixtureResolver;
import io.twinspan.registry.acvip.connect.ProxyPort;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's DNS door, over UDP. */
class AgentDnsTest {
    private static final int NO_SUCH_NAME = 3;
    private static final short A = 1;
    private static final short TXT = 16;

    private record Reply(int code, int answers) {}

    @TempDir
    Path folder;

    @Test
    void whatTheAgentKnowsIsAnsweredOverDnsAlsoWithoutServers() throws IOException {
        Endpoint dns = new Endpoint("127.0.0.1", ResolverSubject.freePort());
        try (FixtureResolver server = new FixtureResolver("east");
                AgentProcess agent = new AgentProcess(new AgentOptions(
                        List.of(server.address()),
                        new Endpoint("127.0.0.1", ResolverSubject.freePort()),
                        Optional.of(dns),
                        Optional.empty(),
                        ProxyPort.NONE,
                        Duration.ofSeconds(10),
                        ClientPlace.UNKNOWN,
                        "twinspan",
                        folder))) {
            server.set("session.twinspan", "10.0.0.1:9600", "10.0.0.2:9600");
            assertThat(agent.port()).isPositive();
            assertThat(ask(dns, "session.twinspan")).isEqualTo(new Reply(0, 2));
            assertThat(text(dns, "session.twinspan")).contains("marked=FRESH", "ageSeconds=");
            assertThat(ask(dns, "nonsense.twinspan")).isEqualTo(new Reply(NO_SUCH_NAME, 0));
            server.stop();
            assertThat(ask(dns, "session.twinspan")).isEqualTo(new Reply(0, 2));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> text(dns, "session.twinspan").contains("marked=OLD"));
        }
    }

    private static Reply ask(Endpoint dns, String name) throws IOException {
        ByteBuffer read = ByteBuffer.wrap(exchange(dns, name, A));
        return new Reply(read.getShort(2) & 0xf, read.getShort(6));
    }

    private static String text(Endpoint dns, String name) throws IOException {
        return new String(exchange(dns, name, TXT), StandardCharsets.ISO_8859_1);
    }

    /** A question of RFC 1035. */
    private static byte[] exchange(Endpoint dns, String name, short type) throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(512).putShort((short) 7).putShort((short) 0x100);
        packet.putShort((short) 1).putShort((short) 0).putInt(0);
        for (String label : name.split("\\.")) {
            packet.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        packet.put((byte) 0).putShort(type).putShort((short) 1);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), dns.port()));
            socket.send(new DatagramPacket(packet.array(), packet.position()));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return answer.getData();
        }
    }
}
