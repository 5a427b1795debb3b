package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A meta group's state as a text that an operator keeps: JSON with a format number, the datacenter, the state and its checksum. */
final class Backup {
    private static final int FORMAT = 1;

    private Backup() {}

    static String write(DatacenterId datacenter, MetaState state) {
        byte[] bytes = MetaCodec.encode(state);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("twinspanMetaBackup", FORMAT);
        body.put("datacenter", datacenter.name());
        body.put("incarnation", state.incarnation().toString());
        body.put("members", state.members().size());
        body.put("provided", state.provided().size());
        body.put("crc32", checksum(bytes));
        body.put("state", Base64.getEncoder().encodeToString(bytes));
        return JsonMapper.shared().writeValueAsString(body);
    }

    /** @throws IllegalArgumentException when this is no whole backup of this datacenter */
    static MetaState read(DatacenterId datacenter, String text) {
        try {
            JsonNode body = JsonMapper.shared().readTree(text);
            int format = body.path("twinspanMetaBackup").asInt(0);
            if (format != FORMAT) {
                throw new IllegalArgumentException(
                        "this is no meta backup of format " + FORMAT + ", its format is " + format);
            }
            String of = body.path("datacenter").asString("");
            if (!of.equals(datacenter.name())) {
                throw new IllegalArgumentException("the backup is of datacenter " + of + ", this is " + datacenter);
            }
            byte[] bytes = Base64.getDecoder().decode(body.path("state").asString(""));
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

    private static String checksum(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return Long.toHexString(checksum.getValue());
    }
}
