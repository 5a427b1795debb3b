package io.twinspan.registry.node.bolt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the plainest forms of Hessian 3.x: texts in one piece, numbers, no references. Meets nothing else without
 * {@link NotPlain}. Only for bytes that {@link HessianBounds} has passed.
 */
final class HessianCursor {
    /** What stands here is for the general decoder. Carries no stack, because clients choose how often it is made. */
    static final class NotPlain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotPlain() {
            super("not one of the plainest forms", null, false, false);
        }
    }

    private final byte[] bytes;
    private int at;

    HessianCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    byte[] soFar() {
        return Arrays.copyOf(bytes, at);
    }

    /** True, and past them, when these bytes come next. */
    boolean isPast(byte[] expected) {
        int end = at + expected.length;
        if (end > bytes.length || !Arrays.equals(bytes, at, end, expected, 0, expected.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** True, and past it, when this byte comes next. */
    boolean isPast(int expected) {
        if (at < bytes.length && (bytes[at] & 0xff) == expected) {
            at++;
            return true;
        }
        return false;
    }

    void require(int expected) {
        if (!isPast(expected)) {
            throw new NotPlain();
        }
    }

    void require(byte[] expected) {
        if (!isPast(expected)) {
            throw new NotPlain();
        }
    }

    int next() {
        if (at == bytes.length) {
            throw new NotPlain();
        }
        return bytes[at++] & 0xff;
    }

    int four() {
        return next() << 24 | next() << 16 | next() << 8 | next();
    }

    int integer() {
        int tag = next();
        if (tag >= 0x80 && tag <= 0xbf) {
            return tag - 0x90;
        }
        if (tag >= 0xc0 && tag <= 0xcf) {
            return ((tag - 0xc8) << 8) + next();
        }
        throw new NotPlain();
    }

    @Nullable
    Long number() {
        int tag = next();
        if (tag == HessianBytes.NULL) {
            return null;
        }
        if (tag >= 0xd8 && tag <= 0xef) {
            return (long) (tag - 0xe0);
        }
        if (tag >= 0xf0) {
            return (long) (((tag - 0xf8) << 8) + next());
        }
        if (tag >= 0x38 && tag <= 0x3f) {
            return (long) (((tag - 0x3c) << 16) + (next() << 8) + next());
        }
        if (tag == 'w') {
            return (long) four();
        }
        if (tag == 'L') {
            return (long) four() << 32 | (four() & 0xffff_ffffL);
        }
        throw new NotPlain();
    }

    @Nullable
    String text() {
        int tag = next();
        if (tag == HessianBytes.NULL) {
            return null;
        }
        if (tag <= 0x1f) {
            return characters(tag);
        }
        if (tag == 'S') {
            return characters(next() << 8 | next());
        }
        throw new NotPlain();
    }

    private String characters(int count) {
        int end = at + count;
        if (end > bytes.length) {
            throw new NotPlain();
        }
        for (int i = at; i < end; i++) {
            if (bytes[i] < 0) {
                return wideCharacters(count);
            }
        }
        String text = new String(bytes, at, count, StandardCharsets.ISO_8859_1);
        at = end;
        return text;
    }

    /** Every char is encoded by itself, also the two of a pair. */
    private String wideCharacters(int count) {
        char[] chars = new char[count];
        for (int i = 0; i < count; i++) {
            int lead = next();
            if (lead < 0x80) {
                chars[i] = (char) lead;
            } else if ((lead & 0xe0) == 0xc0) {
                chars[i] = (char) ((lead & 0x1f) << 6 | (next() & 0x3f));
            } else {
                chars[i] = (char) ((lead & 0x0f) << 12 | (next() & 0x3f) << 6 | (next() & 0x3f));
            }
        }
        return new String(chars);
    }
}
