package io.twinspan.registry.sync.kafka;

import static io.twinspan.registry.sync.announce.Announcements.entry;
import static io.twinspan.registry.sync.announce.Announcements.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.kafka.wire.ChangedRecord;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
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
