package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.SlotId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of rows: one byte of slot, then length (two bytes) and UTF-8 text of datacenter and service, then the registration id to
 * the end. So a slot, and in it a datum, is a prefix.
 */
final class RowKeys {
    /** Of which datum a key is. */
    record Name(DatacenterId datacenter, DataInfoId service) {}

    private static final int LENGTH = 2;

    private RowKeys() {}

    static byte[] ofSlot(SlotId slot) {
        return new byte[] {(byte) slot.number()};
    }

    /** Beside the ceiling of the slot. */
    static byte[] ofRanked(SlotId slot) {
        return new byte[] {(byte) slot.number(), 'r'};
    }

    static SlotId slotOf(byte[] key) {
        return new SlotId(key[0] & 0xff);
    }

    static byte[] ofDatum(SlotId slot, DatacenterId datacenter, DataInfoId service) {
        byte[] dc = bytes(datacenter.name());
        byte[] name = bytes(service.toString());
        return ByteBuffer.allocate(5 + dc.length + name.length)
                .put((byte) slot.number())
                .putShort((short) dc.length)
                .put(dc)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    static byte[] ofRegistration(byte[] datumKey, RegistrationId registration) {
        byte[] id = bytes(registration.value());
        return ByteBuffer.allocate(datumKey.length + id.length)
                .put(datumKey)
                .put(id)
                .array();
    }

    /**
     * Length of the part of a key that all rows of its datum share.
     *
     * @throws IllegalArgumentException when these bytes are no key of ours
     */
    static int nameLength(byte[] key) {
        int service = skip(key, 1);
        return skip(key, service);
    }

    /**
     * The datum that a key, or the part of {@link #nameLength}, names.
     *
     * @throws IllegalArgumentException when these bytes are no key of ours
     */
    static Name parseName(byte[] key) {
        int service = skip(key, 1);
        int end = skip(key, service);
        return new Name(
                new DatacenterId(text(key, 1 + LENGTH, service)), DataInfoId.parse(text(key, service + LENGTH, end)));
    }

    static String registrationOf(byte[] key, int nameLength) {
        return text(key, nameLength, key.length);
    }

    /** Where the text ends whose length stands at a place. */
    private static int skip(byte[] key, int at) {
        int from = at + LENGTH;
        int length = from > key.length ? 0 : (key[at] & 0xff) << 8 | (key[at + 1] & 0xff);
        if (from + length > key.length) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes is cut off");
        }
        return from + length;
    }

    private static String text(byte[] key, int from, int to) {
        return new String(key, from, to - from, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
