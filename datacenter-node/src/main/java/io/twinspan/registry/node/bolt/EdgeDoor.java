package io.twinspan.registry.node.bolt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a client comes in and goes out. Runs on the connection's IO thread, so the session hears of the connection before its
 * first request and never hears of a request after its end; Bolt's own connection events come on another thread, in any order.
 */
final class EdgeDoor extends ChannelInboundHandlerAdapter {
    /** What happens at the door. */
    interface Keeper {
        /** The connection, or null when there is no room; then it is closed. */
        @Nullable
        EdgeConnection enter(ChannelHandlerContext context);

        /** What was sent to it and not read has become little enough. */
        void reading(EdgeConnection connection);

        /** Called once for each that entered. */
        void leave(EdgeConnection connection);

        /** Nothing has come in for too long. */
        void idle();
    }

    private final Keeper keeper;
    private final Function<ChannelHandlerContext, EdgeGate> gate;
    private @Nullable EdgeConnection connection;

    EdgeDoor(Keeper keeper, Function<ChannelHandlerContext, EdgeGate> gate) {
        this.keeper = keeper;
        this.gate = gate;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection = keeper.enter(context);
        if (connection == null) {
            context.close();
            return;
        }
        context.channel().attr(EdgeConnection.KEY).set(connection);
        context.pipeline().addAfter("decoder", EdgeGate.class.getName(), gate.apply(context));
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (connection == null) {
            io.netty.util.ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            keeper.idle();
            context.close();
            return;
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (connection != null && context.channel().isWritable()) {
            keeper.reading(connection);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        EdgeConnection gone = connection;
        connection = null;
        if (gone != null) {
            keeper.leave(gone);
        }
        context.fireChannelInactive();
    }
}
