package io.twinspan.registry.node.bolt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the few Hessian 3.x forms that we send most, byte for byte as the plain encoder does, into one array and without its
 * tables of references, which these messages never use: no object stands in them twice. Not thread-safe.
 */
final class HessianBytes {
    static final byte NULL = 'N';
    static final byte END = 'z';

    private static final int LONGEST_CHUNK = 0x8000;
    private static final int LONGEST_DIRECT = 0x1f;
    private static final int MOST_BYTES_OF_CHARACTER = 3;
    private static final int NUMBER_BYTES = 9;

    private byte[] bytes;
    private int size;

    HessianBytes(int expected) {
        this.bytes = new byte[expected];
    }

    byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    HessianBytes raw(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    HessianBytes raw(byte[] several) {
        room(several.length);
        System.arraycopy(several, 0, bytes, size, several.length);
        size += several.length;
        return this;
    }

    HessianBytes flag(boolean value) {
        return raw(value ? 'T' : 'F');
    }

    HessianBytes text(@Nullable String value) {
        if (value == null) {
            return raw(NULL);
        }
        int at = 0;
        int left = value.length();
        while (left > LONGEST_CHUNK) {
            int length =
                    Character.isHighSurrogate(value.charAt(at + LONGEST_CHUNK - 1)) ? LONGEST_CHUNK - 1 : LONGEST_CHUNK;
            raw('s').raw(length >> 8).raw(length);
            characters(value, at, length);
            at += length;
            left -= length;
        }
        if (left <= LONGEST_DIRECT) {
            raw(left);
        } else {
            raw('S').raw(left >> 8).raw(left);
        }
        characters(value, at, left);
        return this;
    }

    HessianBytes integer(int value) {
        if (-0x10 <= value && value <= 0x2f) {
            return raw(0x90 + value);
        }
        if (-0x800 <= value && value <= 0x7ff) {
            return raw(0xc8 + (value >> 8)).raw(value);
        }
        if (-0x40000 <= value && value <= 0x3ffff) {
            return raw(0xd4 + (value >> 16)).raw(value >> 8).raw(value);
        }
        return raw('I').four(value);
    }

    HessianBytes number(@Nullable Long boxed) {
        if (boxed == null) {
            return raw(NULL);
        }
        long value = boxed;
        if (-0x08 <= value && value <= 0x0f) {
            return raw((int) (0xe0 + value));
        }
        if (-0x800 <= value && value <= 0x7ff) {
            return raw((int) (0xf8 + (value >> 8))).raw((int) value);
        }
        if (-0x40000 <= value && value <= 0x3ffff) {
            return raw((int) (0x3c + (value >> 16))).raw((int) (value >> 8)).raw((int) value);
        }
        if (value == (int) value) {
            return raw('w').four((int) value);
        }
        return raw('L').four((int) (value >> 32)).four((int) value);
    }

    /** The head of a list without a type; its elements and {@link #END} follow. */
    HessianBytes list(int length) {
        raw('V');
        return length <= 0xff ? raw('n').raw(length) : raw('l').four(length);
    }

    private HessianBytes four(int value) {
        room(NUMBER_BYTES);
        bytes[size++] = (byte) (value >> 24);
        bytes[size++] = (byte) (value >> 16);
        bytes[size++] = (byte) (value >> 8);
        bytes[size++] = (byte) value;
        return this;
    }

    private void characters(String value, int from, int length) {
        room(length * MOST_BYTES_OF_CHARACTER);
        byte[] to = bytes;
        int at = size;
        for (int i = from; i < from + length; i++) {
            char each = value.charAt(i);
            if (each < 0x80) {
                to[at++] = (byte) each;
            } else if (each < 0x800) {
                to[at++] = (byte) (0xc0 + (each >> 6));
                to[at++] = (byte) (0x80 + (each & 0x3f));
            } else {
                to[at++] = (byte) (0xe0 + (each >> 12));
                to[at++] = (byte) (0x80 + ((each >> 6) & 0x3f));
                to[at++] = (byte) (0x80 + (each & 0x3f));
            }
        }
        size = at;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
