package io.twinspan.registry.node.meta;

import io.twinspan.registry.node.json.JsonBody;
import io.twinspan.registry.node.pushswitch.PushSwitchJson;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushToken;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What somebody asks of the push switch: {@code {"version":"7","owner":"operator","reason":"release","position":"closed","group":"*",
 * "service":"com.example.*","clients":["10.0.0.1"],"grey":[],"for":"PT30M"}}. What it should not have is refused, because a misspelt
 * limit would be none.
 *
 * @param version that was seen
 * @param isScoped false when no service and no client was named, so that all closings of the owner are meant
 * @param expiresMillis when the closing ends by itself; 0 for never
 */
record PushRequest(
        long version,
        String owner,
        String reason,
        PushPosition position,
        PushScope scope,
        boolean isScoped,
        long expiresMillis) {
    /** Longest time that a closing may be given; whoever wants longer gives none. */
    static final Duration LONGEST = Duration.ofDays(365);

    private static final Set<String> FIELDS =
            Set.of("version", "owner", "reason", "position", "group", "service", "clients", "grey", "for", "until");

    /** @throws IllegalArgumentException naming what is wrong with the body */
    static PushRequest parse(String text, long nowMillis) {
        JsonNode body = JsonBody.object(text);
        JsonBody.refuseOthers(body, FIELDS, "the body");
        return new PushRequest(
                PushSwitchJson.version(body),
                JsonBody.text(body, "owner", PushToken.OPERATOR),
                JsonBody.text(body, "reason", ""),
                PushPosition.ofWord(JsonBody.text(body, "position", PushPosition.CLOSED.word())),
                PushSwitchJson.scope(body),
                body.has("group") || body.has("service") || body.has("clients"),
                expires(body, nowMillis));
    }

    private static long expires(JsonNode body, long nowMillis) {
        String within = JsonBody.text(body, "for", "");
        long until = PushSwitchJson.millis(body, "until");
        if (!within.isEmpty() && until != 0) {
            throw new IllegalArgumentException("give for or until, not both");
        }
        if (within.isEmpty() && until == 0) {
            return 0;
        }
        long expires = until != 0 ? until : nowMillis + duration(within).toMillis();
        if (expires <= nowMillis) {
            throw new IllegalArgumentException("the closing would end at " + Instant.ofEpochMilli(expires)
                    + ", which is past: it is " + Instant.ofEpochMilli(nowMillis));
        }
        if (expires - nowMillis > LONGEST.toMillis()) {
            throw new IllegalArgumentException(
                    "the closing would end at " + Instant.ofEpochMilli(expires) + ", more than a year from now");
        }
        return expires;
    }

    private static Duration duration(String text) {
        try {
            Duration given = Duration.parse(text);
            return given.compareTo(LONGEST.multipliedBy(2)) > 0 ? LONGEST.multipliedBy(2) : given;
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("for is no duration like PT30M: " + text, wrong);
        }
    }
}
