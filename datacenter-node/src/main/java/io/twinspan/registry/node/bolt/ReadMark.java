package io.twinspan.registry.node.bolt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands before Bolt's decoder and knows when anything last came over its connection, were it a part of a frame. */
final class ReadMark extends ChannelInboundHandlerAdapter {
    private volatile long nanos = System.nanoTime();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        nanos = System.nanoTime();
        context.fireChannelRead(message);
    }

    /** By {@link System#nanoTime}; when it was made while nothing has come. */
    long nanos() {
        return nanos;
    }
}
