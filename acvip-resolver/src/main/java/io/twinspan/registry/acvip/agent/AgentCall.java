package io.twinspan.registry.acvip.agent;

import com.sun.net.httpserver.HttpExchange;
import io.twinspan.registry.acvip.client.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request at the agent's HTTP door. */
final class AgentCall {
    /** A poll of a thousand long names. */
    private static final int MOST_BODY = 1 << 20;

    private final HttpExchange exchange;

    AgentCall(HttpExchange exchange) {
        this.exchange = exchange;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    Map<String, String> query() {
        Map<String, String> parts = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String part : raw == null ? new String[0] : raw.split("&")) {
            int equal = part.indexOf('=');
            if (equal > 0) {
                parts.put(decoded(part.substring(0, equal)), decoded(part.substring(equal + 1)));
            }
        }
        return parts;
    }

    /**
     * The whole body.
     *
     * @throws IllegalArgumentException when it is longer than it may be
     */
    String body() throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(MOST_BODY + 1);
            if (bytes.length > MOST_BODY) {
                throw new IllegalArgumentException("the body is longer than " + MOST_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    void json(int status, Map<String, ? extends @Nullable Object> body) throws IOException {
        send(status, "application/json", PlainJson.write(body));
    }

    void refused(int status, String message) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("success", false);
        body.put("message", message);
        json(status, body);
    }

    void text(String body) throws IOException {
        send(200, "text/plain;charset=UTF-8", body);
    }

    private void send(int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    void drop() {
        exchange.close();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
