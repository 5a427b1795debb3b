package io.twinspan.registry.node.json;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a call, or a part of it, read field by field; whatever is wrong with it is named. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static JsonNode object(String text) {
        JsonNode body;
        try {
            body = JsonMapper.shared().readTree(text);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("the body is not JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
        if (!body.isObject()) {
            throw new IllegalArgumentException("the body is not a JSON object");
        }
        return body;
    }

    /**
     * Refuses an object with a field that nobody reads: a misspelt one would be none.
     *
     * @param where what the object is, for the message
     * @throws IllegalArgumentException naming the field
     */
    public static void refuseOthers(JsonNode object, Set<String> known, String where) {
        object.propertyNames().forEach(name -> {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(where + " has a field '" + name + "', which is none of " + known);
            }
        });
    }

    /**
     * A text that has to be there; it may be empty.
     *
     * @throws IllegalArgumentException when it is absent or something else
     */
    public static String text(JsonNode object, String name) {
        String text = textOrNull(object, name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    /**
     * A text, or another one where it is absent.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static String text(JsonNode object, String name, String absent) {
        String text = textOrNull(object, name);
        return text == null ? absent : text;
    }

    /**
     * A text; null where it is absent.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static @Nullable String textOrNull(JsonNode object, String name) {
        JsonNode field = object.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return null;
        }
        if (!field.isString()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return field.stringValue();
    }

    /**
     * A flag; false where it is absent.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static boolean flag(JsonNode object, String name) {
        JsonNode field = object.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return false;
        }
        if (!field.isBoolean()) {
            throw new IllegalArgumentException(name + " is neither true nor false");
        }
        return field.booleanValue();
    }
}
