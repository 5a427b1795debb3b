package io.twinspan.registry.node.bolt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the bytes alone whether a Hessian 3.x value may be decoded. The decoder allocates what a few bytes announce (an
 * array of 500 million, a class definition with 500 million fields) and recurses as deep as the bytes say; so the bytes are walked
 * first, allocating nothing, and whatever they announce must be there. One walk is linear in the bytes. Every form that official
 * clients do not use, and every key of a map that is not plain (hashing nested lists can cost 2^n), is refused.
 */
final class HessianBounds {
    /**
     * How much one message may have.
     *
     * @param depth values inside values
     * @param values of all kinds together
     * @param classes definitions of classes
     * @param fields of one class
     */
    record Limits(int depth, int values, int classes, int fields) {
        /** Many times what the largest message of an official client needs. */
        static Limits standard() {
            return new Limits(16, 200_000, 16, 64);
        }
    }

    private static final int LONGEST_NAME = 256;

    private static final int PLACES = 64;

    // Listed names that have been seen, each at the place its bytes hash to: most messages need no text to be made of
    // theirs.
    private final AtomicReferenceArray<byte @Nullable []> passed = new AtomicReferenceArray<>(PLACES);
    private final Limits limits;
    private final Predicate<String> listed;

    /** @param listed which class names may occur */
    HessianBounds(Limits limits, Predicate<String> listed) {
        this.limits = limits;
        this.listed = listed;
    }

    /** Empty when the bytes may be decoded. */
    Optional<HessianRefusal> refusal(byte[] bytes) {
        try {
            new Walk(bytes).value(1);
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.refusal);
        }
    }

    /** Leaves the walk; carries no stack, because attackers choose how often it is made. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient HessianRefusal refusal;

        Refused(HessianRefusal refusal) {
            super(refusal.why(), null, false, false);
            this.refusal = refusal;
        }
    }

    private static Refused bound(String why) {
        return new Refused(new HessianRefusal(false, why));
    }

    /** One pass over one message. */
    private final class Walk {
        private final byte[] bytes;
        private final int[] fieldsOfClass = new int[limits.classes()];
        private int at;
        private int values;
        private int classes;

        Walk(byte[] bytes) {
            this.bytes = bytes;
        }

        void value(int depth) {
            if (depth > limits.depth()) {
                throw bound("nested deeper than " + limits.depth());
            }
            if (++values > limits.values()) {
                throw bound("more than " + limits.values() + " values");
            }
            int tag = next();
            int plain = plainLength(tag);
            if (plain >= 0) {
                skip(plain);
            } else if (tag <= 0x1f) {
                characters(tag);
            } else {
                compound(tag, depth);
            }
        }

        private void compound(int tag, int depth) {
            switch (tag) {
                case 's', 'S' -> string(tag);
                case 'b', 'B' -> binary(tag);
                case 'V' -> list(depth);
                case 'v' -> {
                    integer();
                    elements(count(integer()), depth);
                }
                case 'M' -> map(depth);
                case 'O' -> {
                    define();
                    value(depth + 1);
                }
                case 'o' -> instance(depth);
                default -> throw bound("code 0x" + Integer.toHexString(tag) + " is not of this protocol");
            }
        }

        /** Bytes that follow the tag of a value of fixed size; -1 for every other tag. */
        private int plainLength(int tag) {
            if (tag >= 0x80) {
                if (tag <= 0xbf || (tag >= 0xd8 && tag <= 0xef)) {
                    return 0;
                }
                return tag >= 0xd0 && tag <= 0xd7 ? 2 : 1;
            }
            if (tag >= 0x20 && tag <= 0x2f) {
                return tag - 0x20;
            }
            if (tag >= 0x38 && tag <= 0x3f) {
                return 2;
            }
            return switch (tag) {
                case 'N', 'T', 'F', 'g', 'h' -> 0;
                case 'i', 'J' -> 1;
                case 'j', 'K' -> 2;
                case 'I', 'R', 'k', 'w' -> 4;
                case 'L', 'D', 'd' -> 8;
                default -> -1;
            };
        }

        private void list(int depth) {
            type();
            if (at < bytes.length && peek() == 'n') {
                at++;
                count(next());
            } else if (at < bytes.length && peek() == 'l') {
                at++;
                count(fixedInt());
            }
            while (peek() != 'z') {
                value(depth + 1);
            }
            at++;
        }

        private void map(int depth) {
            type();
            while (peek() != 'z') {
                int key = peek();
                boolean isPlain = plainLength(key) >= 0 || key <= 0x1f || key == 's' || key == 'S';
                if (!isPlain || key == 'R' || key == 'J' || key == 'K') {
                    throw bound("a key of a map that is neither text nor number");
                }
                value(depth + 1);
                value(depth + 1);
            }
            at++;
        }

        private void instance(int depth) {
            int definition = integer();
            if (definition < 0 || definition >= classes) {
                throw bound("an object of class " + definition + ", which is not defined");
            }
            elements(fieldsOfClass[definition], depth);
        }

        private void elements(int count, int depth) {
            for (int i = 0; i < count; i++) {
                value(depth + 1);
            }
        }

        private void define() {
            if (classes == limits.classes()) {
                throw bound("more than " + limits.classes() + " class definitions");
            }
            name(integer());
            int fields = integer();
            if (fields < 0 || fields > limits.fields()) {
                throw bound("a class with " + fields + " fields, more than " + limits.fields());
            }
            for (int i = 0; i < fields; i++) {
                int tag = next();
                if (tag <= 0x1f) {
                    characters(tag);
                } else if (tag == 'S' || tag == 's') {
                    string(tag);
                } else {
                    throw bound("a field whose name is not text");
                }
            }
            fieldsOfClass[classes++] = fields;
        }

        private void type() {
            int tag = peek();
            if (tag == 't') {
                at++;
                name((next() << 8) + next());
            } else if (tag == 'T' || tag == 'u') {
                at++;
                integer();
            }
        }

        private void name(int length) {
            if (length < 0 || length > LONGEST_NAME) {
                throw bound("a class name of " + length + " characters");
            }
            int from = at;
            int hash = length;
            for (int i = 0; i < length; i++) {
                int character = next();
                if (character < 0x20 || character > 0x7e) {
                    throw bound("a class name that is not plain text");
                }
                hash = hash * 31 + character;
            }
            int place = (hash & Integer.MAX_VALUE) % PLACES;
            byte[] known = passed.get(place);
            if (length == 0 || (known != null && Arrays.equals(known, 0, known.length, bytes, from, at))) {
                return;
            }
            String text = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
            if (!listed.test(text)) {
                throw new Refused(new HessianRefusal(true, "class " + text + " is not listed"));
            }
            passed.set(place, Arrays.copyOfRange(bytes, from, at));
        }

        /** What is announced must be there: each element takes one byte at least. */
        private int count(int announced) {
            if (announced < 0 || announced > bytes.length - at) {
                throw bound("a list that announces " + announced + " elements in " + (bytes.length - at) + " bytes");
            }
            return announced;
        }

        private int integer() {
            int tag = next();
            if (tag >= 0x80 && tag <= 0xbf) {
                return tag - 0x90;
            }
            if (tag >= 0xc0 && tag <= 0xcf) {
                return ((tag - 0xc8) << 8) + next();
            }
            if (tag >= 0xd0 && tag <= 0xd7) {
                return ((tag - 0xd4) << 16) + (next() << 8) + next();
            }
            if (tag == 'I') {
                return fixedInt();
            }
            throw bound("code 0x" + Integer.toHexString(tag) + " where a number belongs");
        }

        private int fixedInt() {
            return (next() << 24) + (next() << 16) + (next() << 8) + next();
        }

        private void string(int first) {
            int tag = first;
            while (tag == 's') {
                characters((next() << 8) + next());
                tag = next();
            }
            if (tag == 'S') {
                characters((next() << 8) + next());
            } else if (tag <= 0x1f) {
                characters(tag);
            } else {
                throw bound("a text that breaks off");
            }
        }

        private void characters(int count) {
            for (int i = 0; i < count; i++) {
                int lead = next();
                if (lead >= 0x80) {
                    if ((lead & 0xe0) == 0xc0) {
                        skip(1);
                    } else if ((lead & 0xf0) == 0xe0) {
                        skip(2);
                    } else {
                        throw bound("a text that is not UTF-8");
                    }
                }
            }
        }

        private void binary(int first) {
            int tag = first;
            while (tag == 'b') {
                skip((next() << 8) + next());
                tag = next();
            }
            if (tag == 'B') {
                skip((next() << 8) + next());
            } else if (tag >= 0x20 && tag <= 0x2f) {
                skip(tag - 0x20);
            } else {
                throw bound("bytes that break off");
            }
        }

        private int peek() {
            if (at >= bytes.length) {
                throw bound("a message that breaks off");
            }
            return bytes[at] & 0xff;
        }

        private int next() {
            int value = peek();
            at++;
            return value;
        }

        private void skip(int count) {
            if (count > bytes.length - at) {
                throw bound("a message that breaks off");
            }
            at += count;
        }
    }
}
