package io.twinspan.registry.acvip.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One direction of a stream: at most one buffer of bytes is between the two sides. When the source has ended and all is written, the
 * sink is told that nothing more comes. Belongs to the forwarder's thread.
 */
final class HalfStream {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBuffer buffer;
    private ByteBuffer head = NOTHING;
    private boolean hasSourceEnded;
    private boolean hasSinkEnded;
    private long progressNanos;

    HalfStream(int bytes, long now) {
        this.buffer = ByteBuffer.allocate(bytes);
        this.progressNanos = now;
    }

    /** Goes before everything that was read. */
    void begin(byte[] bytes) {
        head = ByteBuffer.wrap(bytes);
    }

    boolean wantsRead() {
        return !hasSourceEnded && buffer.hasRemaining();
    }

    boolean wantsWrite() {
        return !hasSinkEnded && isWaiting();
    }

    /** True when something was read that the sink has not taken. */
    boolean isWaiting() {
        return head.hasRemaining() || buffer.position() > 0;
    }

    boolean hasSourceEnded() {
        return hasSourceEnded;
    }

    /** True when nothing will be written any more. */
    boolean isOver() {
        return hasSinkEnded;
    }

    /** When bytes moved last. */
    long progressNanos() {
        return progressNanos;
    }

    /** Reads what there is and fits; returns how much it was. */
    int read(SocketChannel source, long now) throws IOException {
        if (!wantsRead()) {
            return 0;
        }
        int count = source.read(buffer);
        if (count != 0) {
            progressNanos = now;
        }
        if (count < 0) {
            hasSourceEnded = true;
        }
        return Math.max(0, count);
    }

    /** Writes what the sink takes. */
    void write(SocketChannel sink, long now) throws IOException {
        int written = 0;
        if (head.hasRemaining()) {
            written = sink.write(head);
        }
        if (!head.hasRemaining() && buffer.position() > 0) {
            buffer.flip();
            written += sink.write(buffer);
            buffer.compact();
        }
        if (written > 0) {
            progressNanos = now;
        }
        if (hasSourceEnded && !hasSinkEnded && !isWaiting()) {
            hasSinkEnded = true;
            progressNanos = now;
            sink.shutdownOutput();
        }
    }
}
