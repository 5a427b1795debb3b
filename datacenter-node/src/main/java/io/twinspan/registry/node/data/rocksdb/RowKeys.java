package io.twinspan.registry.node.data.rocksdb;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.slot.SlotId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of rows: one byte of slot, then length (two bytes) and UTF-8 text of datacenter and service, then the registration id to
 * the end. So a slot, and in it a datum, is a prefix.
 */
final class RowKeys {
    /** What a key says. */
    record Key(SlotId slot, DatacenterId datacenter, DataInfoId service, String registration) {}

    private RowKeys() {}

    static byte[] ofSlot(SlotId slot) {
        return new byte[] {(byte) slot.number()};
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
     * Takes a key apart.
     *
     * @throws IllegalArgumentException when these bytes are no key of ours
     */
    static Key parse(byte[] key) {
        try {
            ByteBuffer in = ByteBuffer.wrap(key);
            SlotId slot = new SlotId(in.get() & 0xff);
            DatacenterId datacenter = new DatacenterId(text(in, Short.toUnsignedInt(in.getShort())));
            DataInfoId service = DataInfoId.parse(text(in, Short.toUnsignedInt(in.getShort())));
            return new Key(slot, datacenter, service, text(in, in.remaining()));
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes is cut off", cut);
        }
    }

    private static String text(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("a key names a text longer than itself");
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
