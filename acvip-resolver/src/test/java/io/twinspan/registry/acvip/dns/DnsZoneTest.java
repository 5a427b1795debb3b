package io.twinspan.registry.acvip.dns;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.twinspan.registry.acvip.Candidate;
import io.twinspan.registry.acvip.DomainAnswer;
import io.twinspan.registry.acvip.Duties;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.domain.AnswerAges;
import io.twinspan.registry.acvip.domain.Lookup;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.federation.FederationEpoch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DnsZoneTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final ByteBufAllocator BUFFERS = new UnpooledByteBufAllocator(false);
    private static final int A = DnsRecordType.A.intValue();
    private static final int AAAA = DnsRecordType.AAAA.intValue();
    private static final int SRV = DnsRecordType.SRV.intValue();
    private static final int TXT = DnsRecordType.TXT.intValue();
    private static final int POINTER = 0xc0;

    private final Map<String, List<Endpoint>> domains = new HashMap<>(Map.of(
            "session.twinspan", List.of(new Endpoint("10.0.0.1", 9600), new Endpoint("10.0.0.2", 9600)),
            "orders", List.of(new Endpoint("db.example", 5432), new Endpoint("2001:db8::1", 5432)),
            "com.example.Pay", List.of(new Endpoint("10.0.0.9", 12200))));
    private final List<String> asked = new ArrayList<>();
    private AnswerAges ages = AnswerAges.NOW;
    private final DnsZone zone = new DnsZone(
            "twinspan",
            name -> {
                asked.add(name.name());
                List<Endpoint> found = domains.get(name.name());
                return CompletableFuture.completedFuture(
                        found == null ? Lookup.absent("no such domain") : Lookup.found(answer(name.name(), found)));
            },
            answer -> CompletableFuture.completedFuture(ages),
            host -> CompletableFuture.completedFuture(address(host)),
            5);

    @Test
    void addressesOfADomainAreAnsweredWhateverTheCaseOfTheName() {
        DnsReply reply = ask("SESSION.Twinspan.", A);

        assertThat(reply.code()).isEqualTo(DnsResponseCode.NOERROR);
        assertThat(reply.answers()).extracting(DnsReply.Item::name).containsOnly("SESSION.Twinspan.");
        assertThat(reply.answers())
                .extracting(DnsReply.Item::data)
                .containsExactly(new byte[] {10, 0, 0, 1}, new byte[] {10, 0, 0, 2});
    }

    @Test
    void hostNamesAreLookedUpAndTheOtherFamilyIsLeftOut() {
        assertThat(ask("orders.twinspan.", A).answers())
                .extracting(DnsReply.Item::data)
                .containsExactly(new byte[] {10, 7, 7, 7});
        assertThat(ask("orders.twinspan.", AAAA).answers()).hasSize(1);
        assertThat(ask("session.twinspan.", AAAA).code()).isEqualTo(DnsResponseCode.NOERROR);
        assertThat(ask("session.twinspan.", AAAA).answers()).isEmpty();
    }

    @Test
    void portsAndWeightsAreInSrvWithNamesThatCanBeAskedFor() {
        DnsReply reply = ask("_sofa._tcp.session.twinspan.", SRV);

        assertThat(reply.answers()).hasSize(2);
        byte[] first = reply.answers().get(0).data();
        assertThat(first).startsWith(0, 0, 0, 100, 0x25, (byte) 0x80);
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).contains("10-0-0-1");
        assertThat(reply.more()).extracting(DnsReply.Item::name).contains("10-0-0-1.addr.twinspan.");
        assertThat(ask("10-0-0-1.addr.twinspan.", A).answers())
                .extracting(DnsReply.Item::data)
                .containsExactly(new byte[] {10, 0, 0, 1});
        assertThat(ask("2001_db8__1.addr.twinspan.", AAAA).answers()).hasSize(1);
        assertThat(ask("evil.addr.twinspan.", A).code()).isEqualTo(DnsResponseCode.NXDOMAIN);
    }

    @Test
    void textTellsWhatAnAddressIs() {
        assertThat(texts("session.twinspan."))
                .containsExactly(
                        "address=10.0.0.1:9600 datacenter=east weight=100 healthy=true epoch=7/east marked=FRESH ageSeconds=0",
                        "address=10.0.0.2:9600 datacenter=east weight=100 healthy=true epoch=7/east marked=FRESH ageSeconds=0");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, false, marked=FRESH ageSeconds=0",
        "PT59.9S, false, marked=FRESH ageSeconds=59",
        "PT1H0.5S, true, marked=OLD ageSeconds=3600",
        ", true, marked=OLD",
    })
    void textTellsHowOldWhatADatacenterSaidIs(@Nullable Duration since, boolean isOld, String told) {
        ages = datacenter -> datacenter.equals(EAST) ? new AnswerAges.Age(since, isOld) : AnswerAges.NOW.of(EAST);
        assertThat(texts("com.example.Pay.twinspan."))
                .containsExactly("address=10.0.0.9:12200 datacenter=east weight=100 healthy=true epoch=7/east " + told);
    }

    @Test
    void aStringThatDoesNotFitIsLeftOutForAPartOfItWouldBeAnotherValue() {
        domains.put("orders", List.of(new Endpoint("h".repeat(255 - "address=:80".length()), 80)));
        assertThat(texts("orders.twinspan.").get(0)).startsWith("address=h").contains("h:80 ");
        domains.put("orders", List.of(new Endpoint("h".repeat(256 - "address=:80".length()), 80)));
        assertThat(texts("orders.twinspan.").get(0)).startsWith("datacenter=east");
    }

    @Test
    void servicesAreFoundInTheCaseAsked() {
        assertThat(ask("com.example.Pay.twinspan.", A).answers()).hasSize(1);
        assertThat(ask("com.example.PAY.twinspan.", A).code()).isEqualTo(DnsResponseCode.NXDOMAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com.", "session.twinspan.example.", "xtwinspan.", ".", "no.twinspan."})
    void whatIsNotInTheZoneDoesNotExist(String name) {
        assertThat(ask(name, A).code()).isEqualTo(DnsResponseCode.NXDOMAIN);
        if (!name.equals("no.twinspan.")) {
            assertThat(asked).as("nobody is asked for it").isEmpty();
        }
    }

    @Test
    void whatIsNotKnownNowIsAFailureAndNotAnAbsence() {
        DnsZone silent = new DnsZone(
                "twinspan",
                name -> CompletableFuture.completedFuture(Lookup.unknown("not yet")),
                answer -> CompletableFuture.completedFuture(AnswerAges.UNKNOWN),
                host -> CompletableFuture.completedFuture(List.of()),
                5);

        assertThat(silent.answer(query("orders.twinspan.", A))
                        .toCompletableFuture()
                        .join()
                        .code())
                .isEqualTo(DnsResponseCode.SERVFAIL);
    }

    @Test
    void aPacketIsReadAndItsReplyWritten() {
        ByteBuf packet = packet("session.twinspan", A);
        DnsQuery query = requireNonNull(DnsFormat.read(packet).query());
        assertThat(query).isEqualTo(new DnsQuery(4711, "session.twinspan.", A, 1, true, 0));

        ByteBuf reply = DnsFormat.write(BUFFERS, query, ask(query.name(), A), DnsFormat.mostOverUdp(query));
        assertThat(reply.getUnsignedShort(0)).isEqualTo(4711);
        assertThat(reply.getUnsignedShort(2)).as("a reply, with authority").isEqualTo(0x8500);
        assertThat(reply.getUnsignedShort(6)).as("answers").isEqualTo(2);
        reply.release();
    }

    @Test
    void whatDoesNotFitIsMarkedSoThatTheAskerComesBackOverTcp() {
        List<Endpoint> many = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            many.add(new Endpoint("10.0.1." + i, 9600));
        }
        domains.put("session.twinspan", many);
        DnsQuery query = query("session.twinspan.", A);
        DnsReply reply = ask("session.twinspan.", A);

        ByteBuf udp = DnsFormat.write(BUFFERS, query, reply, DnsFormat.mostOverUdp(query));
        assertThat(udp.readableBytes()).isLessThanOrEqualTo(DnsFormat.PLAIN_UDP);
        assertThat(udp.getUnsignedShort(2) & 0x0200).as("truncated").isNotZero();
        ByteBuf tcp = DnsFormat.write(BUFFERS, query, reply, DnsFormat.LARGEST_TCP);
        assertThat(tcp.getUnsignedShort(2) & 0x0200).isZero();
        assertThat(tcp.getUnsignedShort(6)).isEqualTo(100);
        udp.release();
        tcp.release();
    }

    @Test
    void aLoopOfCompressedNamesIsRefused() {
        ByteBuf packet = header(1);
        packet.writeByte(POINTER).writeByte(12).writeShort(A).writeShort(1);
        assertThat(DnsFormat.read(packet).refusal()).isEqualTo(DnsResponseCode.FORMERR);

        ByteBuf longer = header(1);
        longer.writeByte(1)
                .writeByte('a')
                .writeByte(POINTER)
                .writeByte(12)
                .writeShort(A)
                .writeShort(1);
        assertThat(DnsFormat.read(longer).refusal()).isEqualTo(DnsResponseCode.FORMERR);
    }

    @Test
    void aPacketCutShortAnywhereIsRefusedOrIgnored() {
        ByteBuf whole = packet("session.twinspan", A);
        for (int length = 0; length < whole.readableBytes(); length++) {
            DnsFormat.Incoming incoming = DnsFormat.read(whole.slice(0, length));
            assertThat(incoming.query()).as("cut after %s bytes", length).isNull();
            assertThat(incoming.refusal())
                    .as("cut after %s bytes", length)
                    .isEqualTo(length < 12 ? null : DnsResponseCode.FORMERR);
        }
    }

    @Test
    void namesThatAreTooLongAndPacketsThatAreNoQuestionAreRefused() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            name.append("abcdefghij.");
        }
        assertThat(DnsFormat.read(packet(name + "twinspan", A)).refusal()).isEqualTo(DnsResponseCode.FORMERR);
        assertThat(DnsFormat.read(header(2)).refusal()).isEqualTo(DnsResponseCode.FORMERR);
        assertThat(DnsFormat.read(header(0)).refusal()).isEqualTo(DnsResponseCode.FORMERR);
        ByteBuf reply = packet("session.twinspan", A);
        reply.setShort(2, 0x8000);
        assertThat(DnsFormat.read(reply)).as("a reply is never replied to").isEqualTo(DnsFormat.Incoming.IGNORED);
        ByteBuf update = packet("session.twinspan", A);
        update.setShort(2, 0x2800);
        assertThat(DnsFormat.read(update).refusal()).isEqualTo(DnsResponseCode.NOTIMP);
    }

    /** Whatever comes: it is read without harm, what is answered is a whole packet within its bound, and no buffer is lost. */
    @Test
    void noPacketDoesHarm() {
        Random random = new Random(11);
        for (int round = 0; round < 20_000; round++) {
            ByteBuf packet = random.nextBoolean() ? noise(random) : mutated(random);
            DnsFormat.Incoming incoming = DnsFormat.read(packet);
            DnsQuery query = incoming.query();
            if (query != null) {
                DnsReply reply = zone.answer(query).toCompletableFuture().join();
                ByteBuf written = DnsFormat.write(BUFFERS, query, reply, DnsFormat.mostOverUdp(query));
                assertThat(written.readableBytes()).as("round %s", round).isBetween(12, DnsFormat.LARGEST_UDP);
                assertThat(written.release()).as("round %s", round).isTrue();
            }
            assertThat(packet.refCnt()).as("round %s", round).isEqualTo(1);
        }
    }

    private static ByteBuf noise(Random random) {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static ByteBuf mutated(Random random) {
        ByteBuf packet = packet("session.twinspan", List.of(A, SRV, TXT, 255).get(random.nextInt(4)));
        for (int i = 0; i < random.nextInt(4); i++) {
            packet.setByte(random.nextInt(packet.readableBytes()), random.nextInt(256));
        }
        return random.nextInt(4) == 0 ? packet.slice(0, random.nextInt(packet.readableBytes())) : packet;
    }

    /** The strings of each record. */
    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (DnsReply.Item item : ask(name, TXT).answers()) {
            List<String> strings = new ArrayList<>();
            ByteBuf data = Unpooled.wrappedBuffer(item.data());
            while (data.isReadable()) {
                strings.add(data.readCharSequence(data.readUnsignedByte(), StandardCharsets.UTF_8)
                        .toString());
            }
            texts.add(String.join(" ", strings));
        }
        return texts;
    }

    private DnsReply ask(String name, int type) {
        return zone.answer(query(name, type)).toCompletableFuture().join();
    }

    private static DnsQuery query(String name, int type) {
        return new DnsQuery(1, name, type, 1, false, 0);
    }

    private static ByteBuf header(int questions) {
        return Unpooled.buffer()
                .writeShort(4711)
                .writeShort(0x0100)
                .writeShort(questions)
                .writeShort(0)
                .writeInt(0);
    }

    private static ByteBuf packet(String name, int type) {
        return header(1).writeBytes(DnsData.name(name)).writeShort(type).writeShort(1);
    }

    private static DomainAnswer answer(String domain, List<Endpoint> endpoints) {
        return DomainAnswer.of(
                domain,
                new Duties(new FederationEpoch(7, EAST), Map.of()),
                Place.in(EAST),
                5,
                endpoints.stream()
                        .map(each -> Candidate.well(each, EAST, "", 100))
                        .toList());
    }

    private static List<InetAddress> address(String host) {
        try {
            return host.equals("db.example")
                    ? List.of(InetAddress.getByAddress(host, new byte[] {10, 7, 7, 7}))
                    : List.of();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
