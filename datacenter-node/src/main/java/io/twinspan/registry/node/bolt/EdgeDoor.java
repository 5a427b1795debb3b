package io.twinspan.registry.node.bolt;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.twinspan.registry.datum.RemovalCause;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a client comes in and goes out. Runs on the connection's IO thread, so the session hears of the connection before its
 * first request and never hears of a request after its end; Bolt's own connection events come on another thread, in any order.
 * How a connection ended: what this process closes passes here on its way out, a lost network comes by as an error before, and
 * anything else was a FIN or RST from the client.
 */
final class EdgeDoor extends ChannelDuplexHandler {
    /** What happens at the door. */
    interface Keeper {
        /** The connection, or null when there is no room; then it is closed. */
        @Nullable
        EdgeConnection enter(ChannelHandlerContext context);

        /** What was sent to it and not read has become little enough. */
        void reading(EdgeConnection connection);

        /** Called once for each that entered. */
        void leave(EdgeConnection connection, RemovalCause cause);

        /** Nothing has come in for too long. */
        void idle();
    }

    private final Keeper keeper;
    private final Function<ChannelHandlerContext, EdgeGate> gate;
    private @Nullable EdgeConnection connection;
    private @Nullable RemovalCause cause;

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
            endedBy(RemovalCause.IDLE);
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
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof IOException broken) {
            endedBy(isLost(broken) ? RemovalCause.IDLE : RemovalCause.CLIENT_CLOSED);
        }
        // Bolt closes the channel now, which by then is nobody's doing but the one just noted.
        context.fireExceptionCaught(failure);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        endedBy(RemovalCause.CLOSED_BY_NODE);
        context.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        EdgeConnection gone = connection;
        connection = null;
        if (gone != null) {
            keeper.leave(gone, cause == null ? RemovalCause.CLIENT_CLOSED : cause);
        }
        context.fireChannelInactive();
    }

    /** The first reason is the reason. */
    private void endedBy(RemovalCause reason) {
        if (cause == null) {
            cause = reason;
        }
    }

    /** The kernel has given the client up; a reset by the client itself says so. */
    private static boolean isLost(IOException broken) {
        String message = String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("timed out") || message.contains("no route") || message.contains("unreachable");
    }
}
