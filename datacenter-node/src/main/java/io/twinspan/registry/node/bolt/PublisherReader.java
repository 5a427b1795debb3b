package io.twinspan.registry.node.bolt;

import com.alipay.sofa.registry.core.model.BaseRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the message that clients send most, without reflection and without tables of references: a {@link PublisherRegister} whose
 * fields are texts, numbers, a map of texts and a list of boxes. Whatever else stands in a message is left to the general decoder.
 * Only for bytes that {@link HessianBounds} has passed.
 */
final class PublisherReader {
    /** One field: reads its value and puts it where it belongs. */
    private interface Field {
        void read(HessianCursor in, PublisherRegister to);
    }

    /** How the clients of one release define the class: its bytes, and its fields in their order. */
    private static final class Definition {
        private final byte[] bytes;
        private final List<Field> fields;

        Definition(byte[] bytes, List<Field> fields) {
            this.bytes = bytes;
            this.fields = fields;
        }
    }

    private static final byte[] CLASS = PublisherRegister.class.getName().getBytes(StandardCharsets.ISO_8859_1);
    private static final int REGISTER = 0x90;
    private static final int BOX = 0x91;
    private static final Map<String, Field> FIELDS = fields();

    // Nearly all clients of a datacenter are of one release: the definition that was seen last is enough.
    private final AtomicReference<@Nullable Definition> last = new AtomicReference<>();

    /** The message; null when it holds anything that is not read here. */
    @Nullable
    PublisherRegister read(byte[] bytes) {
        HessianCursor in = new HessianCursor(bytes);
        try {
            Definition definition = last.get();
            if (definition == null || !in.isPast(definition.bytes)) {
                if (!in.isPast('O') || in.integer() != CLASS.length || !in.isPast(CLASS)) {
                    return null;
                }
                definition = define(in);
                last.set(definition);
            }
            in.require('o');
            in.require(REGISTER);
            PublisherRegister register = new PublisherRegister();
            for (Field field : definition.fields) {
                field.read(in, register);
            }
            return in.isAtEnd() ? register : null;
        } catch (HessianCursor.NotPlain other) {
            return null;
        }
    }

    private static Definition define(HessianCursor in) {
        int count = in.integer();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Of a field that we do not know, only the absence of a value is understood.
            fields.add(FIELDS.getOrDefault(String.valueOf(in.text()), (from, to) -> from.require(HessianBytes.NULL)));
        }
        return new Definition(in.soFar(), fields);
    }

    private static Map<String, Field> fields() {
        Map<String, Field> fields = new HashMap<>();
        text(fields, "instanceId", BaseRegister::setInstanceId);
        text(fields, "zone", BaseRegister::setZone);
        text(fields, "appName", BaseRegister::setAppName);
        text(fields, "dataId", BaseRegister::setDataId);
        text(fields, "group", BaseRegister::setGroup);
        text(fields, "processId", BaseRegister::setProcessId);
        text(fields, "registId", BaseRegister::setRegistId);
        text(fields, "clientId", BaseRegister::setClientId);
        text(fields, "dataInfoId", BaseRegister::setDataInfoId);
        text(fields, "ip", BaseRegister::setIp);
        text(fields, "eventType", BaseRegister::setEventType);
        fields.put("version", (in, to) -> to.setVersion(in.number()));
        fields.put("timestamp", (in, to) -> to.setTimestamp(in.number()));
        fields.put("dataList", (in, to) -> to.setDataList(boxes(in)));
        fields.put("attributes", (in, to) -> {
            Map<String, String> attributes = attributes(in);
            if (attributes != null) {
                to.setAttributes(attributes);
            }
        });
        return Map.copyOf(fields);
    }

    private static void text(
            Map<String, Field> fields, String name, BiConsumer<BaseRegister, @Nullable String> setter) {
        fields.put(name, (in, to) -> setter.accept(to, in.text()));
    }

    private static @Nullable List<DataBox> boxes(HessianCursor in) {
        if (in.isPast(HessianBytes.NULL)) {
            return null;
        }
        in.require('V');
        length(in);
        List<DataBox> boxes = new ArrayList<>(1);
        while (!in.isPast(HessianBytes.END)) {
            if (boxes.isEmpty()) {
                in.require(HessianForms.BOX_DEFINITION);
            }
            in.require('o');
            in.require(BOX);
            boxes.add(new DataBox(in.text()));
        }
        return boxes;
    }

    /** What is announced is not believed: the end is where it is said to be. */
    private static void length(HessianCursor in) {
        if (in.isPast('n')) {
            in.next();
        } else if (in.isPast('l')) {
            in.four();
        }
    }

    private static @Nullable Map<String, String> attributes(HessianCursor in) {
        if (in.isPast(HessianBytes.NULL)) {
            return null;
        }
        in.require('M');
        Map<String, String> attributes = new HashMap<>();
        while (!in.isPast(HessianBytes.END)) {
            attributes.put(in.text(), in.text());
        }
        return attributes;
    }
}
