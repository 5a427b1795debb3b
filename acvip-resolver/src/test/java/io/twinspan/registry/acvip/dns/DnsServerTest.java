package io.twinspan.registry.acvip.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Lookup;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DnsServerTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final int WITHIN = 10_000;
    private static final int HEADER = 12;
    private static final int QUESTIONS_AT_ONCE = 1_000;

    /** Replies of 1.7 kB that the buffers of two sockets may hold, and more. */
    private static final int MOST_ANSWERED_UNREAD = 20_000;

    private final DnsServer server = new DnsServer(new DnsZone(
            "twinspan",
            DnsServerTest::ask,
            answer -> CompletableFuture.completedFuture(AnswerAges.NOW),
            host -> CompletableFuture.completedFuture(List.of()),
            5));
    private int port;

    @BeforeEach
    void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server.start(new Endpoint("127.0.0.1", port));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aQuestionIsAnsweredOverUdpAndOverTcp() throws IOException {
        assertThat(answers(udp(question("session.twinspan")))).isEqualTo(1);
        assertThat(answers(tcp(question("session.twinspan")))).isEqualTo(1);
    }

    @Test
    void whatIsTooLongForUdpComesWholeOverTcp() throws IOException {
        ByteBuffer short0 = udp(question("many.twinspan"));
        assertThat(short0.getShort(2) & 0x0200).as("truncated").isNotZero();
        assertThat(answers(short0)).isZero();
        assertThat(answers(tcp(question("many.twinspan")))).isEqualTo(100);
    }

    @Test
    void nonsenseIsRefusedAndTheNextQuestionIsAnswered() throws IOException {
        byte[] loop = question("session.twinspan");
        loop[HEADER] = (byte) 0xc0;
        loop[HEADER + 1] = HEADER;
        ByteBuffer refused = udp(loop);
        assertThat(refused.getShort(2) & 0xf).as("FORMERR").isEqualTo(1);
        assertThat(refused.remaining()).as("never longer than what came").isEqualTo(HEADER);
        assertThat(answers(udp(question("session.twinspan")))).isEqualTo(1);
        assertThat(server.refused()).isEqualTo(1);
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (DnsServer second = new DnsServer(new DnsZone(
                "twinspan",
                name -> new CompletableFuture<>(),
                answer -> new CompletableFuture<>(),
                host -> new CompletableFuture<>(),
                5))) {
            assertThatThrownBy(() -> second.start(new Endpoint("127.0.0.1", port)))
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("twinspan.resolver.dns-port");
        }
    }

    @Test
    void aNameThatNoServiceCanHaveIsNotThere() throws IOException {
        assertThat(code(udp(question("a#@#b.twinspan")))).as("NXDOMAIN").isEqualTo(3);
        assertThat(code(tcp(question("a#@#b.twinspan")))).as("NXDOMAIN").isEqualTo(3);
    }

    @Test
    void questionsThatGoWrongDoNotCountForEver() throws IOException {
        for (int i = 0; i <= DnsServer.MOST_AT_ONCE; i++) {
            assertThat(code(udp(question("fault.twinspan")))).as("SERVFAIL").isEqualTo(2);
        }
        assertThat(answers(udp(question("session.twinspan")))).isEqualTo(1);
    }

    @Test
    void whoSendsQuestionsAndReadsNoReplyIsReadNoMore() throws IOException {
        byte[] asked = question("many.twinspan");
        ByteBuffer frames = ByteBuffer.allocate(QUESTIONS_AT_ONCE * (asked.length + 2));
        for (int i = 0; i < QUESTIONS_AT_ONCE; i++) {
            frames.putShort((short) asked.length).put(asked);
        }
        try (SocketChannel deaf = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            deaf.configureBlocking(false);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        long before = server.answered();
                        boolean isTaken = false;
                        for (int i = 0; i < 100; i++) {
                            isTaken |= deaf.write(frames.hasRemaining() ? frames : frames.rewind()) > 0;
                        }
                        assertThat(server.answered()).isLessThan(MOST_ANSWERED_UNREAD);
                        return !isTaken && server.answered() == before;
                    });
            assertThat(answers(tcp(question("session.twinspan")))).isEqualTo(1);
        }
    }

    @Test
    void questionsOfOneConnectionAreAllAnsweredHoweverManyAtOnce() throws IOException {
        byte[] asked = question("later.twinspan");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(WITHIN);
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
            for (int i = 0; i < QUESTIONS_AT_ONCE; i++) {
                out.writeShort(asked.length);
                out.write(asked);
            }
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < QUESTIONS_AT_ONCE; i++) {
                byte[] reply = new byte[in.readUnsignedShort()];
                in.readFully(reply);
                assertThat(answers(ByteBuffer.wrap(reply))).isEqualTo(1);
            }
        }
    }

    private static CompletionStage<Lookup> ask(DomainName name) {
        if (name.name().equals("fault")) {
            throw new IllegalStateException("made for a test");
        }
        if (name.name().equals("later")) {
            return CompletableFuture.supplyAsync(() -> Lookup.found(answer(name.name(), 1)));
        }
        return CompletableFuture.completedFuture(
                Lookup.found(answer(name.name(), name.name().equals("many") ? 100 : 1)));
    }

    private static int code(ByteBuffer reply) {
        return reply.getShort(2) & 0xf;
    }

    private static int answers(ByteBuffer reply) {
        return reply.getShort(6);
    }

    private static byte[] question(String name) {
        byte[] asked = DnsData.name(name);
        return ByteBuffer.allocate(HEADER + asked.length + 4)
                .putShort((short) 99)
                .putShort((short) 0x0100)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .put(asked)
                .putShort((short) 1)
                .putShort((short) 1)
                .array();
    }

    private ByteBuffer udp(byte[] question) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(WITHIN);
            InetAddress loopback = InetAddress.getLoopbackAddress();
            socket.send(new DatagramPacket(question, question.length, loopback, port));
            byte[] buffer = new byte[4_096];
            DatagramPacket reply = new DatagramPacket(buffer, buffer.length);
            socket.receive(reply);
            return ByteBuffer.wrap(buffer, 0, reply.getLength());
        }
    }

    private ByteBuffer tcp(byte[] question) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(WITHIN);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return ByteBuffer.wrap(reply);
        }
    }

    private static DomainAnswer answer(String domain, int count) {
        return DomainAnswer.of(
                domain,
                Duties.UNDECIDED,
                Place.in(EAST),
                5,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> Candidate.well(new Endpoint("10.0.0." + i, 9600), EAST, "", 100))
                        .toList());
    }
}
