package io.twinspan.registry.node.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request. The web server itself hands over bodies of any length; nothing of one that is too long is parsed. */
public final class RequestBody {
    /** Room for some hundred thousand addresses, in bytes. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private static final TypeReference<JsonNode> TREE = new TypeReference<>() {};

    private RequestBody() {}

    /**
     * Reads whatever JSON it is.
     *
     * @throws IllegalArgumentException when it is too long, cannot be read, or is none
     */
    public static JsonNode tree(ServerRequest request) {
        return as(TREE, request);
    }

    /**
     * Reads an object of this form.
     *
     * @throws IllegalArgumentException when it is too long, cannot be read, or is something else
     */
    public static <T> T as(TypeReference<T> form, ServerRequest request) {
        T read;
        try {
            read = JsonMapper.shared().readValue(bytes(request, MOST_BYTES), form);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "the body of " + request.path() + " is not the JSON it should be: "
                            + unreadable.getOriginalMessage(),
                    unreadable);
        }
        if (read == null) {
            throw new IllegalArgumentException("the body of " + request.path() + " is empty");
        }
        return read;
    }

    /**
     * Reads a text, whatever it is.
     *
     * @param mostBytes that it may have
     * @throws IllegalArgumentException when it is too long or cannot be read
     */
    public static String text(ServerRequest request, int mostBytes) {
        return new String(bytes(request, mostBytes), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ServerRequest request, int most) {
        byte[] bytes;
        try {
            bytes = request.servletRequest().getInputStream().readNBytes(most + 1);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body of " + request.path() + " could not be read", broken);
        }
        if (bytes.length > most) {
            throw new IllegalArgumentException("the body of " + request.path() + " is longer than " + most + " bytes");
        }
        return bytes;
    }
}
