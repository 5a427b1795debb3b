package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.runtime.PeerException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The JSON that operators are answered with, and the fields of what they ask. */
final class OperatorAnswers {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int CONFLICT = 409;
    static final int UNAVAILABLE = 503;

    private OperatorAnswers() {}

    /** A field of the form body, or of the query; empty when it is absent or blank. */
    static Optional<String> field(OperatorCall call, String name) {
        return Stream.of(call.body(), call.query())
                .flatMap(form -> Stream.of(form.strip().split("&")))
                .map(each -> each.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].equals(name))
                .map(pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /** @throws IllegalArgumentException when it is missing */
    static String required(OperatorCall call, String name) {
        return field(call, name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    /** Done, or a conflict with the reason. */
    static OperatorAnswer written(String refusal, String done) {
        return refusal.isEmpty() ? answer(OK, body(true, done)) : answer(CONFLICT, body(false, refusal));
    }

    static OperatorAnswer refused(int status, String why) {
        return answer(status, body(false, why));
    }

    static OperatorAnswer unavailable(Throwable failure) {
        return refused(UNAVAILABLE, PeerException.line(failure));
    }

    static Map<String, @Nullable Object> body(boolean isDone, @Nullable String message) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("success", isDone);
        body.put("message", message);
        return body;
    }

    static OperatorAnswer answer(int status, Map<String, @Nullable Object> body) {
        return new OperatorAnswer(status, JsonMapper.shared().writeValueAsString(body));
    }
}
