package io.twinspan.registry.node.bolt;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Follows the frames of one connection, Bolt protocol 1, by their headers alone: Bolt itself buffers whatever a header announces.
 * Keeps at most one header; not thread-safe.
 */
final class BoltFrameReader {
    private static final int PROTOCOL = 1;
    private static final int RESPONSE = 0;
    private static final int REQUEST = 1;
    private static final int ONE_WAY = 2;
    private static final int REQUEST_HEADER = 22;
    private static final int RESPONSE_HEADER = 20;
    private static final int LENGTHS = 8;

    private final int limit;
    private final byte[] header = new byte[REQUEST_HEADER];
    private int headerBytes;
    private int headerLength = REQUEST_HEADER;
    private int bodyLeft;

    /** @param limit of a frame without its header, in bytes */
    BoltFrameReader(int limit) {
        this.limit = limit;
    }

    /** Looks at all readable bytes without taking them; says what is wrong with them, if anything. */
    Optional<String> refusal(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        while (at < end) {
            if (bodyLeft > 0) {
                int step = Math.min(bodyLeft, end - at);
                bodyLeft -= step;
                at += step;
                continue;
            }
            header[headerBytes++] = bytes.getByte(at++);
            Optional<String> wrong = afterHeaderByte();
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private Optional<String> afterHeaderByte() {
        if (headerBytes == 1 && header[0] != PROTOCOL) {
            return Optional.of("not the Bolt protocol, first byte 0x" + Integer.toHexString(header[0] & 0xff));
        }
        if (headerBytes == 2) {
            int type = header[1];
            if (type != REQUEST && type != ONE_WAY && type != RESPONSE) {
                return Optional.of("no Bolt frame, type 0x" + Integer.toHexString(type & 0xff));
            }
            headerLength = type == RESPONSE ? RESPONSE_HEADER : REQUEST_HEADER;
        }
        if (headerBytes < headerLength) {
            return Optional.empty();
        }
        int from = headerLength - LENGTHS;
        int classLength = unsigned(from) << 8 | unsigned(from + 1);
        int headLength = unsigned(from + 2) << 8 | unsigned(from + 3);
        int content =
                unsigned(from + 4) << 24 | unsigned(from + 5) << 16 | unsigned(from + 6) << 8 | unsigned(from + 7);
        // Bolt reads the first two as signed 16-bit numbers.
        if (classLength > Short.MAX_VALUE || headLength > Short.MAX_VALUE || content < 0) {
            return Optional.of("a frame with a length below zero");
        }
        long body = (long) classLength + headLength + content;
        if (body > limit) {
            return Optional.of("a frame of " + body + " bytes, more than the " + limit + " allowed");
        }
        bodyLeft = (int) body;
        headerBytes = 0;
        return Optional.empty();
    }

    private int unsigned(int index) {
        return header[index] & 0xff;
    }
}
