package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.policy.PolicyTarget;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The push switch as operators and disks have it: {@code {"version":"7","tokens":[{"owner":"operator","reason":"release",
 * "position":"closed","group":"*","service":"*","clients":[],"grey":[],"since":"2026-01-01T10:00:00Z","until":null}]}}.
 */
public final class PushSwitchJson {
    private PushSwitchJson() {}

    /** The fields of a switch, in the order in which they are shown. */
    public static Map<String, @Nullable Object> fields(PushSwitch value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", Long.toString(value.version()));
        fields.put("tokens", value.tokens().stream().map(PushSwitchJson::fields).toList());
        return fields;
    }

    /**
     * The scope that an object names; what it leaves out is everything.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static PushScope scope(JsonNode object) {
        return new PushScope(
                JsonBody.text(object, "group", PolicyTarget.ANY),
                JsonBody.text(object, "service", PolicyTarget.ANY),
                texts(object, "clients"),
                texts(object, "grey"));
    }

    /**
     * The version that an object names.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static long version(JsonNode object) {
        JsonNode field = object.path("version");
        String written = field.isString() ? field.stringValue().strip() : field.toString();
        try {
            return Long.parseLong(written);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "version is not the number of the push switch that is to be changed (GET /push/switch shows it): "
                            + written,
                    wrong);
        }
    }

    /**
     * An instant in ISO form, in milliseconds; 0 where it is absent.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static long millis(JsonNode object, String name) {
        String written = JsonBody.text(object, name, "");
        try {
            return written.isEmpty() ? 0 : Instant.parse(written).toEpochMilli();
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(name + " is no time like 2026-01-31T10:00:00Z: " + written, wrong);
        }
    }

    static PushSwitch read(String text) {
        JsonNode body = JsonBody.object(text);
        List<PushToken> tokens = new ArrayList<>();
        for (JsonNode each : body.path("tokens")) {
            tokens.add(new PushToken(
                    JsonBody.text(each, "owner", ""),
                    JsonBody.text(each, "reason", ""),
                    PushPosition.ofWord(JsonBody.text(each, "position", "")),
                    scope(each),
                    millis(each, "since"),
                    millis(each, "until")));
        }
        return new PushSwitch(version(body), tokens);
    }

    static String write(PushSwitch value) {
        return JsonMapper.shared().writeValueAsString(fields(value));
    }

    private static Map<String, @Nullable Object> fields(PushToken token) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("owner", token.owner());
        fields.put("reason", token.reason());
        fields.put("position", token.position().word());
        fields.put("group", token.scope().group());
        fields.put("service", token.scope().service());
        fields.put("clients", List.copyOf(token.scope().clients()));
        fields.put("grey", List.copyOf(token.scope().grey()));
        fields.put("since", Instant.ofEpochMilli(token.sinceMillis()).toString());
        fields.put(
                "until",
                token.expiresMillis() == 0
                        ? null
                        : Instant.ofEpochMilli(token.expiresMillis()).toString());
        return fields;
    }

    private static Set<String> texts(JsonNode object, String name) {
        JsonNode field = object.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return Set.of();
        }
        if (!field.isArray()) {
            throw new IllegalArgumentException(name + " is not a list of addresses");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode each : field) {
            if (!each.isString()) {
                throw new IllegalArgumentException(name + " holds something else than strings: " + each);
            }
            texts.add(each.stringValue().strip());
        }
        return texts;
    }
}
