package io.twinspan.registry.sync.kafka;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.Full;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Sender;
import io.twinspan.registry.sync.announce.Summary;
import io.twinspan.registry.sync.kafka.wire.ChangedRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementCodecTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DataInfoId ID = new DataInfoId("com.example.Orders", "tenant", "SOFA");
    private static final Changed ANNOUNCEMENT = Announcements.changed(EAST, order(3, 2, 7), entry(ID, 5));

    @Test
    void whatIsDecodedIsWhatWasEncoded() {
        ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", ANNOUNCEMENT);
        assertThat(AnnouncementCodec.decode(received(sent, sent.value()))).isEqualTo(ANNOUNCEMENT);
        assertThat(new String(sent.key(), StandardCharsets.UTF_8))
                .isEqualTo(ANNOUNCEMENT.node().value());
    }

    @Test
    void summariesFullsAndQuestionsComeOutAsTheyWentIn() {
        SlotRoot root = new SlotRoot(
                ANNOUNCEMENT.slot(), ANNOUNCEMENT.order(), 1, Root.of(entry(ID, 5)), Announcements.version(9));
        Sender sender = ANNOUNCEMENT.sender();
        for (Announcement each : List.of(
                new Summary(sender, SlotId.COUNT, List.of(root), true, 1, Root.of(root)),
                new Summary(sender, SlotId.COUNT, List.of(), false, 0, Root.ZERO),
                new Full(sender, root, 1, 3, List.of(entry(ID, 5))))) {
            ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", each);
            assertThat(AnnouncementCodec.decode(received(sent, sent.value()))).isEqualTo(each);
        }
        Pull pull = new Pull(sender, new DatacenterId("west"), SlotId.COUNT, Set.of(new SlotId(255)), true);
        ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", pull);
        assertThat(AnnouncementCodec.decodePull(received(sent, sent.value()))).isEqualTo(pull);
    }

    @Test
    void aSummaryOfAnotherNumberOfSlotsIsReadForThatNumberOnly() {
        Sender sender = ANNOUNCEMENT.sender();
        ProducerRecord<byte[], byte[]> sent =
                AnnouncementCodec.encode("topic", new Summary(sender, 512, List.of(), true, 512, Root.ZERO));
        Summary read = (Summary) AnnouncementCodec.decode(received(sent, sent.value()));
        assertThat(read.slotCount()).isEqualTo(512);
        assertThat(read.slots()).isEmpty();
    }

    @Test
    void aLaterFormatIsToldApartFromPoison() {
        ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", ANNOUNCEMENT);
        sent.headers().remove(RecordHeaders.FORMAT).add(RecordHeaders.FORMAT, new byte[] {2, 99});
        assertThatThrownBy(() -> AnnouncementCodec.decode(received(sent, new byte[] {(byte) 0xff})))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("format 2");
    }

    @Test
    void aChangeCostsFewerThanEightyBytesWhenThereAreAThousandASecond() {
        // One round at 1 000 changes a second: as many datums as the longest window gathers, in almost as many slots.
        int changes = 50;
        Random random = new Random(1);
        SimpleRecord[] records = new SimpleRecord[changes];
        for (int i = 0; i < changes; i++) {
            DataInfoId id = DataInfoId.of(
                    "com.example.trade.settlement.facade.Service" + random.nextInt(100_000) + ":1.0@DEFAULT#x");
            DigestEntry changed = new DigestEntry(id, Announcements.version(i * 20L), 3, random.nextInt());
            ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode(
                    "topic", Announcements.changed(EAST, order(3, 8, 1_000_000 + random.nextInt(1_000)), changed));
            assertThat(id.dataId().length()).isGreaterThan(58);
            records[i] = new SimpleRecord(
                    1_700_000_000_000L + i,
                    sent.key(),
                    sent.value(),
                    sent.headers().toArray());
        }
        int lz4 = MemoryRecords.withRecords(Compression.lz4().build(), records).sizeInBytes() / changes;
        int none = MemoryRecords.withRecords(Compression.NONE, records).sizeInBytes() / changes;
        System.out.println("bytes a change in a batch of " + changes + ": lz4 " + lz4 + ", uncompressed " + none);
        assertThat(lz4).isLessThan(80);
    }

    static Stream<byte[]> poison() {
        return Stream.of(new byte[] {(byte) 0xff, 1, 2}, payload(ChangedRecord.newBuilder()), ofAnotherSlot());
    }

    private static byte[] payload(ChangedRecord.Builder builder) {
        builder.addDatumsBuilder().setDataId(ID.dataId()).setVersion(-1);
        return builder.build().toByteArray();
    }

    private static byte[] ofAnotherSlot() {
        ChangedRecord.Builder builder = ChangedRecord.newBuilder();
        builder.addDatumsBuilder()
                .setDataId(ID.dataId() + "-of-another-slot")
                .setInstanceId(ID.instanceId())
                .setGroup(ID.group());
        return builder.build().toByteArray();
    }

    @ParameterizedTest
    @MethodSource("poison")
    void poisonedPayloadsAreRefusedByOneKindOfError(byte[] payload) {
        ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", ANNOUNCEMENT);
        assertThatThrownBy(() -> AnnouncementCodec.decode(received(sent, payload)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "dc", "stamp", "place"})
    void aRecordWithoutOneOfItsHeadersIsRefused(String missing) {
        ProducerRecord<byte[], byte[]> sent = AnnouncementCodec.encode("topic", ANNOUNCEMENT);
        sent.headers().remove(missing);
        assertThatThrownBy(() -> AnnouncementCodec.decode(received(sent, sent.value())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing);
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent, byte[] payload) {
        ConsumerRecord<byte[], byte[]> received = new ConsumerRecord<>("topic", 0, 0, sent.key(), payload);
        for (Header header : sent.headers()) {
            received.headers().add(header);
        }
        return received;
    }
}
