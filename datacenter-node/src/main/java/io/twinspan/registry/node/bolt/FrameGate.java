package io.twinspan.registry.node.bolt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Stands before Bolt's decoder: closes a connection at the first frame that is malformed or too large. */
final class FrameGate extends ChannelInboundHandlerAdapter {
    private final BoltFrameReader frames;
    private final BiConsumer<String, String> refused;
    private boolean isShut;

    /** @param refused told of the remote address and of what was wrong, once a connection */
    FrameGate(int limit, BiConsumer<String, String> refused) {
        this.frames = new BoltFrameReader(limit);
        this.refused = refused;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isShut) {
            ReferenceCountUtil.release(message);
            return;
        }
        Optional<String> wrong = frames.refusal((ByteBuf) message);
        if (wrong.isEmpty()) {
            context.fireChannelRead(message);
            return;
        }
        isShut = true;
        ReferenceCountUtil.release(message);
        refused.accept(String.valueOf(context.channel().remoteAddress()), wrong.get());
        context.close();
    }
}
