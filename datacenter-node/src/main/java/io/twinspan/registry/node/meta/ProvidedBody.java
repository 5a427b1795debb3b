package io.twinspan.registry.node.meta;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.json.JsonBody;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** A JSON body of the calls that change provided configuration. Each reader names the field that is missing or wrong. */
final class ProvidedBody {

    private final JsonNode body;

    private ProvidedBody(JsonNode body) {
        this.body = body;
    }

    /** @throws IllegalArgumentException when the text is no JSON object */
    static ProvidedBody parse(String text) {
        return new ProvidedBody(JsonBody.object(text));
    }

    DataInfoId id() {
        return new DataInfoId(text("dataId"), text("instanceId"), text("group"));
    }

    String data() {
        return text("data");
    }

    /** A number or a string of digits, above 0. */
    long version() {
        return optionalVersion().orElseThrow(() -> new IllegalArgumentException("version is missing"));
    }

    OptionalLong optionalVersion() {
        return number("version");
    }

    /** A number or a string of digits, above 0; nothing when it is absent. */
    OptionalLong number(String name) {
        JsonNode field = body.get(name);
        if (field == null || field.isNull()) {
            return OptionalLong.empty();
        }
        String written = field.isString() ? field.stringValue().strip() : field.toString();
        try {
            long version = Long.parseLong(written);
            if (version > 0) {
                return OptionalLong.of(version);
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(notAVersion(name, written), notANumber);
        }
        throw new IllegalArgumentException(notAVersion(name, written));
    }

    /** A text that must be there. */
    String name(String field) {
        return text(field);
    }

    private String text(String name) {
        JsonNode field = body.get(name);
        if (field == null || field.isNull()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        if (!field.isString()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        if (field.stringValue().isBlank()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        return field.stringValue();
    }

    private static String notAVersion(String name, String written) {
        return name + " '" + written + "' is not a whole number above 0";
    }
}
