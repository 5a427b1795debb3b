package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A meta group's state as a text that an operator keeps: JSON with a format number, the datacenter, the state and its checksum.
 * What is written can be read back: both sides know the same bounds.
 */
final class Backup {
    /** Longest text: a follower sends it on to the leader, in one frame of 64 MiB. */
    static final int MOST_TEXT_BYTES = 48 * 1024 * 1024;

    /** Most of a state: restoring it is one command of the group's log, and a text may unpack to anything. */
    private static final int MOST_STATE_BYTES = 256 * 1024 * 1024;

    private static final int PLAIN = 1;
    private static final int DEFLATED = 2;

    private Backup() {}

    /** @throws IllegalStateException when there is more than could be restored */
    static String write(DatacenterId datacenter, MetaState state) {
        byte[] bytes = MetaCodec.encode(state);
        requireRoom("state", bytes.length, MOST_STATE_BYTES);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("twinspanMetaBackup", DEFLATED);
        body.put("datacenter", datacenter.name());
        body.put("incarnation", state.incarnation().toString());
        body.put("members", state.members().size());
        body.put("provided", state.provided().size());
        body.put("crc32", checksum(bytes));
        body.put("state", Base64.getEncoder().encodeToString(deflated(bytes)));
        String text = JsonMapper.shared().writeValueAsString(body);
        requireRoom("backup", text.length(), MOST_TEXT_BYTES);
        return text;
    }

    /** @throws IllegalArgumentException when this is no whole backup of this datacenter */
    static MetaState read(DatacenterId datacenter, String text) {
        try {
            JsonNode body = JsonMapper.shared().readTree(text);
            int format = body.path("twinspanMetaBackup").asInt(0);
            if (format != PLAIN && format != DEFLATED) {
                throw new IllegalArgumentException(
                        "this is no meta backup of format " + PLAIN + " or " + DEFLATED + ", its format is " + format);
            }
            String of = body.path("datacenter").asString("");
            if (!of.equals(datacenter.name())) {
                throw new IllegalArgumentException("the backup is of datacenter " + of + ", this is " + datacenter);
            }
            byte[] packed = Base64.getDecoder().decode(body.path("state").asString(""));
            byte[] bytes = format == PLAIN ? packed : inflated(packed);
            if (!checksum(bytes).equals(body.path("crc32").asString(""))) {
                throw new IllegalArgumentException("the backup's checksum does not fit its content");
            }
            return MetaCodec.decodeState(bytes);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "the backup is not JSON: " + unreadable.getOriginalMessage(), unreadable);
        } catch (IllegalStateException otherRelease) {
            throw new IllegalArgumentException("the backup cannot be read: " + otherRelease.getMessage(), otherRelease);
        }
    }

    private static void requireRoom(String what, long length, int most) {
        if (length > most) {
            throw new IllegalStateException(
                    "the " + what + " of this meta group has " + length + " bytes, and no more than " + most
                            + " can be restored; remove provided values that nobody needs, or shorten the long ones");
        }
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream to = new DeflaterOutputStream(packed)) {
            to.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot be written", impossible);
        }
        return packed.toByteArray();
    }

    private static byte[] inflated(byte[] packed) {
        try (InflaterInputStream from = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = from.readNBytes(MOST_STATE_BYTES + 1);
            if (bytes.length > MOST_STATE_BYTES) {
                throw new IllegalArgumentException("the backup unpacks to more than " + MOST_STATE_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException damaged) {
            throw new IllegalArgumentException(
                    "the backup's checksum does not fit its content, which cannot be unpacked", damaged);
        }
    }

    private static String checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return Long.toHexString(checksum.getValue());
    }
}
