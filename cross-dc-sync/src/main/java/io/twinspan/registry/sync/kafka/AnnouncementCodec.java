package io.twinspan.registry.sync.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.AnnouncementOrder;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.kafka.wire.ChangedDatum;
import io.twinspan.registry.sync.kafka.wire.ChangedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Announcements as Kafka records. Key: the slot, so that the announcements of one slot keep their order. Headers: who sent it and
 * its place in the order, as big-endian numbers, readable when the payload is not. Value: protobuf.
 */
final class AnnouncementCodec {
    private static final String DATACENTER = "dc";
    private static final String INCARNATION = "incarnation";
    private static final String EPOCH = "epoch";
    private static final String SEQUENCE = "sequence";
    private static final String STAMP = "stamp";

    private AnnouncementCodec() {}

    static ProducerRecord<byte[], byte[]> encode(String topic, Changed announcement) {
        ProducerRecord<byte[], byte[]> encoded =
                new ProducerRecord<>(topic, text(announcement.slot().toString()), payload(announcement));
        AnnouncementOrder order = announcement.order();
        encoded.headers()
                .add(DATACENTER, text(announcement.datacenter().name()))
                .add(
                        INCARNATION,
                        numbers(
                                order.incarnation().createdMillis(),
                                order.incarnation().random()))
                .add(EPOCH, numbers(order.epoch().value()))
                .add(SEQUENCE, numbers(order.sequence()))
                .add(STAMP, numbers(announcement.sentAt().value()));
        return encoded;
    }

    /** @throws IllegalArgumentException when headers or payload are not those of an announcement */
    static Changed decode(ConsumerRecord<byte[], byte[]> encoded) {
        Headers headers = encoded.headers();
        ByteBuffer incarnation = numbers(headers, INCARNATION, 2);
        AnnouncementOrder order = new AnnouncementOrder(
                new Incarnation(incarnation.getLong(), incarnation.getLong()),
                new LeaderEpoch(numbers(headers, EPOCH, 1).getLong()),
                numbers(headers, SEQUENCE, 1).getLong());
        DatacenterId datacenter = new DatacenterId(new String(header(headers, DATACENTER), StandardCharsets.UTF_8));
        Stamp sentAt = new Stamp(numbers(headers, STAMP, 1).getLong());
        if (encoded.value() == null) {
            throw new IllegalArgumentException("the record has no payload");
        }
        try {
            ChangedRecord payload = ChangedRecord.parseFrom(encoded.value());
            return new Changed(datacenter, new SlotId(payload.getSlot()), order, sentAt, entries(payload));
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalArgumentException("the payload is not an announcement", notOurs);
        }
    }

    private static byte[] payload(Changed announcement) {
        ChangedRecord.Builder payload =
                ChangedRecord.newBuilder().setSlot(announcement.slot().number());
        for (DigestEntry entry : announcement.entries()) {
            DataInfoId id = entry.id();
            payload.addDatums(ChangedDatum.newBuilder()
                    .setDataId(id.dataId())
                    .setInstanceId(orEmpty(id.instanceId(), DataInfoId.DEFAULT_INSTANCE_ID))
                    .setGroup(orEmpty(id.group(), DataInfoId.DEFAULT_GROUP))
                    .setVersion(entry.version().value())
                    .setCount(entry.count())
                    .setContentHash(entry.contentHash()));
        }
        return payload.build().toByteArray();
    }

    private static List<DigestEntry> entries(ChangedRecord payload) {
        List<DigestEntry> entries = new ArrayList<>(payload.getDatumsCount());
        for (ChangedDatum datum : payload.getDatumsList()) {
            DataInfoId id = new DataInfoId(
                    datum.getDataId(),
                    orDefault(datum.getInstanceId(), DataInfoId.DEFAULT_INSTANCE_ID),
                    orDefault(datum.getGroup(), DataInfoId.DEFAULT_GROUP));
            entries.add(new DigestEntry(
                    id, new DatumVersion(datum.getVersion()), datum.getCount(), datum.getContentHash()));
        }
        return entries;
    }

    private static String orEmpty(String value, String usual) {
        return value.equals(usual) ? "" : value;
    }

    private static String orDefault(String value, String usual) {
        return value.isEmpty() ? usual : value;
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] numbers(long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Long.BYTES);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.array();
    }

    private static ByteBuffer numbers(Headers headers, String key, int count) {
        byte[] value = header(headers, key);
        if (value.length != count * Long.BYTES) {
            throw new IllegalArgumentException("header " + key + " has " + value.length + " bytes");
        }
        return ByteBuffer.wrap(value);
    }

    private static byte[] header(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + key + " is missing");
        }
        return header.value();
    }
}
