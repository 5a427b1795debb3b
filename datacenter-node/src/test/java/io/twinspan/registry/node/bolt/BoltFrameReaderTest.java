package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class BoltFrameReaderTest {
    private static final byte[] FRAME = RawFrames.request("a.B", new byte[500], 500);
    private static final byte[] HEARTBEAT_ANSWER = new byte[20];

    static {
        HEARTBEAT_ANSWER[0] = 1;
    }

    private final BoltFrameReader frames = new BoltFrameReader(503);

    @Test
    void framesInPiecesOfAnySizePassAndAreNotTaken() {
        ByteBuf all = Unpooled.wrappedBuffer(FRAME, HEARTBEAT_ANSWER, FRAME, HEARTBEAT_ANSWER, FRAME);
        for (int size : new int[] {1, 7, 22, 100, all.readableBytes()}) {
            for (int at = 0; at < all.readableBytes(); at += size) {
                ByteBuf piece = all.slice(at, Math.min(size, all.readableBytes() - at));
                assertThat(frames.refusal(piece)).isEmpty();
                assertThat(piece.readerIndex()).isZero();
            }
        }
    }

    @Test
    void oneByteMoreThanTheLimitIsRefusedByItsHeaderAlone() {
        byte[] frame = RawFrames.request("a.B", new byte[0], 501);
        assertThat(frames.refusal(Unpooled.wrappedBuffer(frame, 0, 22)))
                .hasValue("a frame of 504 bytes, more than the 503 allowed");
    }

    @Test
    void aSecondFrameThatIsNoneIsSeenToo() {
        assertThat(frames.refusal(Unpooled.wrappedBuffer(FRAME))).isEmpty();
        assertThat(frames.refusal(Unpooled.wrappedBuffer(new byte[] {2, 1})))
                .hasValue("not the Bolt protocol, first byte 0x2");
    }

    @Test
    void lengthsBelowZeroAreRefused() {
        byte[] frame = RawFrames.request("", new byte[0], 0);
        frame[16] = (byte) 0x80;
        assertThat(frames.refusal(Unpooled.wrappedBuffer(frame))).hasValue("a frame with a length below zero");
    }
}
