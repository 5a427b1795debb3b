package io.twinspan.registry.node.data.rocksdb;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.node.data.rocksdb.proto.FollowedRow;
import io.twinspan.registry.node.data.rocksdb.proto.PublisherRow;
import io.twinspan.registry.node.data.rocksdb.proto.RankedRow;
import io.twinspan.registry.node.data.rocksdb.proto.TombstoneRow;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Values of rows: four bytes of CRC-32C over key and message, then the message. */
final class RowCodec {
    private static final int CHECKSUM_BYTES = 4;

    private RowCodec() {}

    static byte[] seal(byte[] key, MessageLite row) {
        byte[] value = new byte[CHECKSUM_BYTES + row.getSerializedSize()];
        try {
            row.writeTo(CodedOutputStream.newInstance(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES));
        } catch (IOException impossible) {
            throw new IllegalStateException("a row is longer than it said", impossible);
        }
        ByteBuffer.wrap(value).putInt(checksum(key, value, CHECKSUM_BYTES));
        return value;
    }

    static boolean isSound(byte[] key, byte[] value) {
        return value.length >= CHECKSUM_BYTES
                && ByteBuffer.wrap(value).getInt() == checksum(key, value, CHECKSUM_BYTES);
    }

    /** The same of two buffers, which are read to their ends. */
    static boolean isSound(ByteBuffer key, ByteBuffer value) {
        if (value.remaining() < CHECKSUM_BYTES) {
            return false;
        }
        int sum = value.getInt();
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(value);
        return sum == (int) crc.getValue();
    }

    /**
     * Checks and reads a row.
     *
     * @throws IllegalArgumentException when the checksum or the message is wrong
     */
    static <T> T open(byte[] key, byte[] value, Parser<T> parser) {
        if (!isSound(key, value)) {
            throw new IllegalArgumentException("the checksum of a row is wrong");
        }
        try {
            return parser.parseFrom(CodedInputStream.newInstance(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException("a row is not what its kind should be", broken);
        }
    }

    static PublisherRow row(Publisher publisher) {
        return PublisherRow.newBuilder()
                .setClientVersion(publisher.order().clientVersion())
                .setStamp(publisher.order().stamp().value())
                .setSessionNode(publisher.owner().session().node().value())
                .setSessionStart(publisher.owner().session().start())
                .setConnection(publisher.owner().connection())
                .setZone(publisher.zone())
                .setAppName(publisher.appName())
                .setClient(publisher.client())
                .addAllAddresses(publisher.addresses())
                .setMovingSinceMillis(publisher.movingSinceMillis())
                .setKeptSinceMillis(publisher.keptSinceMillis())
                .build();
    }

    /** @param shared of the slot that is read */
    static Publisher publisher(String registration, PublisherRow row, SharedParts shared) {
        SessionIncarnation session = new SessionIncarnation(new NodeId(row.getSessionNode()), row.getSessionStart());
        return new Publisher(
                new RegistrationId(registration),
                new RegistrationOrder(row.getClientVersion(), new Stamp(row.getStamp())),
                shared.shared(new Owner(shared.shared(session), row.getConnection())),
                shared.shared(row.getZone()),
                shared.shared(row.getAppName()),
                shared.shared(row.getClient()),
                row.getAddressesList(),
                row.getMovingSinceMillis(),
                row.getKeptSinceMillis());
    }

    static List<FollowedRow> after(Datum datum) {
        return datum.after().entrySet().stream()
                .map(each -> FollowedRow.newBuilder()
                        .setDatacenter(each.getKey().name())
                        .setVersion(each.getValue().value())
                        .build())
                .toList();
    }

    static Map<DatacenterId, DatumVersion> after(List<FollowedRow> rows) {
        Map<DatacenterId, DatumVersion> after = new HashMap<>();
        rows.forEach(each -> after.put(new DatacenterId(each.getDatacenter()), new DatumVersion(each.getVersion())));
        return after;
    }

    static TombstoneRow row(Tombstone tombstone) {
        return TombstoneRow.newBuilder()
                .setClientVersion(tombstone.order().clientVersion())
                .setStamp(tombstone.order().stamp().value())
                .setRemovedAtMillis(tombstone.removedAtMillis())
                .setLeftByClose(tombstone.isLeftByClose())
                .build();
    }

    static Tombstone tombstone(String registration, TombstoneRow row) {
        return new Tombstone(
                new RegistrationId(registration),
                new RegistrationOrder(row.getClientVersion(), new Stamp(row.getStamp())),
                row.getRemovedAtMillis(),
                row.getLeftByClose());
    }

    static RankedRow row(Leadership leadership) {
        return RankedRow.newBuilder()
                .setCreatedMillis(leadership.incarnation().createdMillis())
                .setRandom(leadership.incarnation().random())
                .setEpoch(leadership.epoch().value())
                .build();
    }

    static Leadership leadership(RankedRow row) {
        return new Leadership(
                new Incarnation(row.getCreatedMillis(), row.getRandom()), new LeaderEpoch(row.getEpoch()));
    }

    private static int checksum(byte[] key, byte[] bytes, int from) {
        CRC32C crc = new CRC32C();
        crc.update(key, 0, key.length);
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
