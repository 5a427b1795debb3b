package io.twinspan.registry.sync.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.Root;
import io.twinspan.registry.digest.SlotRoot;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.Full;
import io.twinspan.registry.sync.announce.Pull;
import io.twinspan.registry.sync.announce.Sender;
import io.twinspan.registry.sync.announce.Summary;
import io.twinspan.registry.sync.kafka.wire.ChangedRecord;
import io.twinspan.registry.sync.kafka.wire.FullRecord;
import io.twinspan.registry.sync.kafka.wire.PullRecord;
import io.twinspan.registry.sync.kafka.wire.SlotRootRecord;
import io.twinspan.registry.sync.kafka.wire.SummaryRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Announcements and questions as Kafka records. The key is the node that sends: what it says keeps its order, and with it what any
 * leader says of a slot; and what it says at one time is compressed together.
 */
final class AnnouncementCodec {
    /** The format that this release writes, and the latest that it reads. */
    static final byte FORMAT = 1;

    private static final int CHANGED = 1;
    private static final int SUMMARY = 2;
    private static final int FULL = 3;
    private static final int PULL = 4;

    private AnnouncementCodec() {}

    static ProducerRecord<byte[], byte[]> encode(String topic, Announcement announcement) {
        // A sealed interface without a pattern switch on this Java: each kind is tried.
        if (announcement instanceof Changed changed) {
            ProducerRecord<byte[], byte[]> record = record(topic, CHANGED, changed.sender(), payload(changed));
            RecordHeaders.write(record, new RecordHeaders.Place(changed.slot(), changed.order()));
            return record;
        }
        if (announcement instanceof Full full) {
            ProducerRecord<byte[], byte[]> record = record(topic, FULL, full.sender(), payload(full));
            RecordHeaders.write(
                    record, new RecordHeaders.Place(full.slot(), full.frozen().order()));
            return record;
        }
        return record(topic, SUMMARY, announcement.sender(), payload((Summary) announcement));
    }

    static ProducerRecord<byte[], byte[]> encode(String topic, Pull pull) {
        PullRecord.Builder payload = PullRecord.newBuilder()
                .setAsked(pull.asked().name())
                .setSlotCount(pull.slotCount())
                .setWantsSummary(pull.wantsSummary());
        pull.slots().stream().sorted().forEach(slot -> payload.addSlots(slot.number()));
        return record(topic, PULL, pull.sender(), payload.build().toByteArray());
    }

    /**
     * @throws NewerFormatException when the record is of a later format
     * @throws IllegalArgumentException when headers or payload are not those of an announcement
     */
    static Announcement decode(ConsumerRecord<byte[], byte[]> record) {
        int kind = RecordHeaders.kind(record);
        Sender sender = RecordHeaders.sender(record);
        byte[] value = value(record);
        try {
            return switch (kind) {
                case CHANGED -> changed(sender, RecordHeaders.place(record), ChangedRecord.parseFrom(value));
                case SUMMARY -> summary(sender, SummaryRecord.parseFrom(value));
                case FULL -> full(sender, RecordHeaders.place(record), FullRecord.parseFrom(value));
                default -> throw new IllegalArgumentException("an announcement of no known kind: " + kind);
            };
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalArgumentException("the payload is not an announcement", notOurs);
        }
    }

    /**
     * @throws NewerFormatException when the record is of a later format
     * @throws IllegalArgumentException when headers or payload are not those of a question
     */
    static Pull decodePull(ConsumerRecord<byte[], byte[]> record) {
        int kind = RecordHeaders.kind(record);
        if (kind != PULL) {
            throw new IllegalArgumentException("a question of no known kind: " + kind);
        }
        try {
            PullRecord payload = PullRecord.parseFrom(value(record));
            // The slots of a datacenter that divides otherwise are not ours to understand.
            Set<SlotId> slots = payload.getSlotCount() == SlotId.COUNT
                    ? payload.getSlotsList().stream().map(SlotId::new).collect(Collectors.toSet())
                    : Set.of();
            return new Pull(
                    RecordHeaders.sender(record),
                    new DatacenterId(payload.getAsked()),
                    payload.getSlotCount(),
                    slots,
                    payload.getWantsSummary());
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalArgumentException("the payload is not a question", notOurs);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int kind, Sender sender, byte[] payload) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, RecordHeaders.text(sender.node().value()), payload);
        RecordHeaders.write(record, kind, sender);
        return record;
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new IllegalArgumentException("the record has no payload");
        }
        return record.value();
    }

    private static byte[] payload(Changed announcement) {
        return ChangedRecord.newBuilder()
                .addAllDatums(EntryForms.forms(announcement.entries()))
                .build()
                .toByteArray();
    }

    private static Changed changed(Sender sender, RecordHeaders.Place place, ChangedRecord payload) {
        return new Changed(sender, place.slot(), place.order(), EntryForms.entries(payload.getDatumsList()));
    }

    private static byte[] payload(Full announcement) {
        SlotRoot frozen = announcement.frozen();
        return FullRecord.newBuilder()
                .setCount(frozen.count())
                .setRootHigh(frozen.root().high())
                .setRootLow(frozen.root().low())
                .setWatermark(frozen.watermark().value())
                .setChunk(announcement.chunk())
                .setChunks(announcement.chunks())
                .addAllDatums(EntryForms.forms(announcement.entries()))
                .build()
                .toByteArray();
    }

    private static Full full(Sender sender, RecordHeaders.Place place, FullRecord payload) {
        SlotRoot frozen = new SlotRoot(
                place.slot(),
                place.order(),
                payload.getCount(),
                new Root(payload.getRootHigh(), payload.getRootLow()),
                new DatumVersion(payload.getWatermark()));
        return new Full(
                sender, frozen, payload.getChunk(), payload.getChunks(), EntryForms.entries(payload.getDatumsList()));
    }

    private static byte[] payload(Summary announcement) {
        SummaryRecord.Builder payload = SummaryRecord.newBuilder()
                .setSlotCount(announcement.slotCount())
                .setWhole(announcement.isWhole())
                .setLedSlots(announcement.ledSlots())
                .setRootHigh(announcement.rootOfRoots().high())
                .setRootLow(announcement.rootOfRoots().low());
        for (SlotRoot slot : announcement.slots()) {
            AnnouncementOrder order = slot.order();
            payload.addSlots(SlotRootRecord.newBuilder()
                    .setSlot(slot.slot().number())
                    .setCreatedMillis(order.incarnation().createdMillis())
                    .setRandom(order.incarnation().random())
                    .setEpoch(order.epoch().value())
                    .setSequence(order.sequence())
                    .setCount(slot.count())
                    .setRootHigh(slot.root().high())
                    .setRootLow(slot.root().low())
                    .setWatermark(slot.watermark().value()));
        }
        return payload.build().toByteArray();
    }

    private static Summary summary(Sender sender, SummaryRecord payload) {
        // The slots of a datacenter that divides otherwise are not ours to understand; that it does is what is to be
        // told.
        List<SlotRoot> slots = payload.getSlotCount() == SlotId.COUNT
                ? payload.getSlotsList().stream()
                        .map(AnnouncementCodec::slotRoot)
                        .toList()
                : List.of();
        return new Summary(
                sender,
                payload.getSlotCount(),
                slots,
                payload.getWhole(),
                payload.getLedSlots(),
                new Root(payload.getRootHigh(), payload.getRootLow()));
    }

    private static SlotRoot slotRoot(SlotRootRecord form) {
        AnnouncementOrder order = new AnnouncementOrder(
                new Incarnation(form.getCreatedMillis(), form.getRandom()),
                new LeaderEpoch(form.getEpoch()),
                form.getSequence());
        return new SlotRoot(
                new SlotId(form.getSlot()),
                order,
                form.getCount(),
                new Root(form.getRootHigh(), form.getRootLow()),
                new DatumVersion(form.getWatermark()));
    }
}
