package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Sender;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** What is beside the value of a record: who says it, of which format it is, and its place in the order. Numbers are big-endian. */
final class RecordHeaders {
    /** A slot, and a place in the order of its announcements. */
    record Place(SlotId slot, AnnouncementOrder order) {}

    static final String FORMAT = "format";
    static final String DATACENTER = "dc";
    static final String STAMP = "stamp";
    static final String PLACE = "place";
    private static final int PLACE_BYTES = Short.BYTES + 4 * Long.BYTES;

    private RecordHeaders() {}

    static void write(ProducerRecord<byte[], byte[]> record, int kind, Sender sender) {
        record.headers()
                .add(FORMAT, new byte[] {AnnouncementCodec.FORMAT, (byte) kind})
                .add(DATACENTER, text(sender.datacenter().name()))
                .add(STAMP, number(sender.sentAt().value()));
    }

    static void write(ProducerRecord<byte[], byte[]> record, Place place) {
        ByteBuffer buffer = ByteBuffer.allocate(PLACE_BYTES)
                .putShort((short) place.slot().number())
                .putLong(place.order().incarnation().createdMillis())
                .putLong(place.order().incarnation().random())
                .putLong(place.order().epoch().value())
                .putLong(place.order().sequence());
        record.headers().add(PLACE, buffer.array());
    }

    /** @throws NewerFormatException when this release does not know the format */
    static int kind(ConsumerRecord<byte[], byte[]> record) {
        byte[] format = header(record, FORMAT, 2);
        if (format[0] > AnnouncementCodec.FORMAT) {
            throw new NewerFormatException(format[0]);
        }
        return format[1];
    }

    static Sender sender(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            throw new IllegalArgumentException("the record has no key");
        }
        return new Sender(
                new DatacenterId(string(header(record, DATACENTER, -1))),
                new NodeId(string(record.key())),
                new Stamp(ByteBuffer.wrap(header(record, STAMP, Long.BYTES)).getLong()));
    }

    static Place place(ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer place = ByteBuffer.wrap(header(record, PLACE, PLACE_BYTES));
        SlotId slot = new SlotId(place.getShort());
        Incarnation incarnation = new Incarnation(place.getLong(), place.getLong());
        return new Place(slot, new AnnouncementOrder(incarnation, new LeaderEpoch(place.getLong()), place.getLong()));
    }

    static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] header(ConsumerRecord<byte[], byte[]> record, String key, int length) {
        Header header = record.headers().lastHeader(key);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("header " + key + " is missing");
        }
        if (length >= 0 && header.value().length != length) {
            throw new IllegalArgumentException("header " + key + " has " + header.value().length + " bytes");
        }
        return header.value();
    }
}
