package io.twinspan.registry.node.http;

import java.io.IOException;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON body of a request. The web server itself hands over bodies of any length; nothing of one that is too long is parsed. */
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
        byte[] bytes;
        try {
            bytes = request.servletRequest().getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body of " + request.path() + " could not be read", broken);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the body of " + request.path() + " is longer than " + MOST_BYTES + " bytes");
        }
        T read;
        try {
            read = JsonMapper.shared().readValue(bytes, form);
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
}
