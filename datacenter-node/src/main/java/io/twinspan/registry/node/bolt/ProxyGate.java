package io.twinspan.registry.node.bolt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.twinspan.registry.acvip.connect.ProxyHeader;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything else at the port for forwarded streams: until the header is read and allowed the connection does not exist
 * for those behind; then it is the named client's. No header in time, a wrong one, or one that its sender may not write, ends it.
 */
final class ProxyGate extends ByteToMessageDecoder {
    /** The client that a header named. */
    static final AttributeKey<InetSocketAddress> CLIENT = AttributeKey.valueOf("twinspan-forwarded-client");

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_WAITING = 1_000;

    private final ProxySettings settings;
    private final AtomicInteger waiting;
    private final BiConsumer<String, String> refused;
    private @Nullable Future<?> patience;
    private boolean isShut;

    /**
     * @param waiting connections of this port that have sent no header yet
     * @param refused told of the remote address and of what was wrong, once a connection
     */
    ProxyGate(ProxySettings settings, AtomicInteger waiting, BiConsumer<String, String> refused) {
        this.settings = settings;
        this.waiting = waiting;
        this.refused = refused;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        patience = context.executor()
                .schedule(
                        () -> refuse(context, "no PROXY header within " + PATIENCE.toSeconds() + " s"),
                        PATIENCE.toMillis(),
                        java.util.concurrent.TimeUnit.MILLISECONDS);
        if (waiting.incrementAndGet() > MOST_WAITING) {
            refuse(context, "more than " + MOST_WAITING + " connections without a header");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        endWaiting();
        super.channelInactive(context);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (isShut) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ProxyHeader.Reading reading = ProxyHeader.read(in.nioBuffer());
        if (reading instanceof ProxyHeader.Reading.Wrong wrong) {
            refuse(context, wrong.why());
        } else if (reading instanceof ProxyHeader.Reading.Whole whole) {
            in.skipBytes(whole.length());
            enter(context, whole.header().source());
        }
    }

    private void enter(ChannelHandlerContext context, Optional<InetSocketAddress> source) {
        InetSocketAddress sender = (InetSocketAddress) context.channel().remoteAddress();
        if (source.isPresent()
                && !settings.mayName(sender.getAddress(), source.get().getAddress())) {
            refuse(
                    context,
                    "it may not name a client at " + source.get().getAddress().getHostAddress());
            return;
        }
        endWaiting();
        source.ifPresent(client -> context.channel().attr(CLIENT).set(client));
        context.fireChannelActive();
        context.pipeline().remove(this);
    }

    private void refuse(ChannelHandlerContext context, String why) {
        if (!isShut) {
            isShut = true;
            endWaiting();
            refused.accept(String.valueOf(context.channel().remoteAddress()), why);
            context.close();
        }
    }

    private void endWaiting() {
        Future<?> running = patience;
        patience = null;
        if (running != null) {
            running.cancel(false);
            waiting.decrementAndGet();
        }
    }
}
