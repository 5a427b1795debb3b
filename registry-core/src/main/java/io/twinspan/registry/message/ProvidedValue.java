package io.twinspan.registry.message;

import io.twinspan.registry.datum.DataInfoId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * One provided value as meta holds it.
 *
 * @param version the operator's number; a put must raise it
 * @param data null when the value was removed
 * @param revision meta's own number of the change
 */
public record ProvidedValue(
        DataInfoId id, long version, @Nullable String data, long revision) {
    private static final long REMOVED = 1;

    /** About how many bytes this takes in a message; for bounds. */
    public long estimatedBytes() {
        return 64L + id.toString().length() + (data == null ? 0 : data.length());
    }

    /** The first 8 bytes of the data's SHA-256: the same on every node, for ever. 1 when the value was removed. */
    public long contentHash() {
        if (data == null) {
            return REMOVED;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(data.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java has SHA-256", absent);
        }
    }
}
