package io.twinspan.registry.acvip.dns;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The data of records as bytes (RFC 1035 section 3.3, RFC 2782). Pure. */
final class DnsData {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_STRING = 255;
    private static final int SRV_HEAD = 6;
    private static final int SOA_TIMES = 20;
    private static final int SERIAL = 1;
    private static final int DAY = 86_400;

    private DnsData() {}

    /** A name without compression; with or without the dot at its end. */
    static byte[] name(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0 || bytes.length > LONGEST_LABEL) {
                throw new IllegalArgumentException("'" + name + "' is no name of DNS");
            }
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.write(0);
        return out.toByteArray();
    }

    static byte[] srv(int weight, int port, String target) {
        byte[] name = name(target);
        return ByteBuffer.allocate(SRV_HEAD + name.length)
                .putShort((short) 0)
                .putShort((short) weight)
                .putShort((short) port)
                .put(name)
                .array();
    }

    /** Strings of up to 255 bytes (RFC 1464: {@code key=value}). A longer one is left out, for a part of it would be another value. */
    static byte[] txt(List<String> strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            if (bytes.length <= LONGEST_STRING) {
                out.write(bytes.length);
                out.writeBytes(bytes);
            }
        }
        return out.toByteArray();
    }

    /** @param ttlSeconds for how long it may be remembered that there is nothing */
    static byte[] soa(String zone, int ttlSeconds) {
        byte[] server = name("ns." + zone);
        byte[] contact = name("hostmaster." + zone);
        return ByteBuffer.allocate(server.length + contact.length + SOA_TIMES)
                .put(server)
                .put(contact)
                .putInt(SERIAL)
                .putInt(ttlSeconds)
                .putInt(ttlSeconds)
                .putInt(DAY)
                .putInt(ttlSeconds)
                .array();
    }
}
