package io.twinspan.registry.acvip.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.twinspan.registry.datacenter.Endpoint;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers DNS over UDP and TCP on one port. */
public final class DnsServer implements AutoCloseable {
    /** Questions that are being answered at one time; further ones are refused. */
    static final int MOST_AT_ONCE = 1_000;

    /** TCP connections at one time; further ones are closed. */
    private static final int MOST_CONNECTIONS = 200;

    /** Questions of one TCP connection whose replies are not on their way; beyond, it is not read until some are. */
    private static final int MOST_UNANSWERED = 16;

    /** Within which a connection brings its next question, whole: who sends a byte now and then does not keep it. */
    private static final int QUESTION_SECONDS = 10;

    /** Within which a reply is taken by the other end. */
    private static final int WRITE_SECONDS = 10;

    private static final int ANSWER_SECONDS = 2;
    private static final int LENGTH_BYTES = 2;

    private final DnsZone zone;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private @Nullable EventLoopGroup threads;

    /** Listens nowhere yet. */
    public DnsServer(DnsZone zone) {
        this.zone = zone;
    }

    /**
     * Listens from now on.
     *
     * @throws IllegalStateException when the port cannot be had
     */
    public void start(Endpoint at) {
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("dns", true), NioIoHandler.newFactory());
        threads = group;
        InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
        try {
            new Bootstrap()
                    .group(group)
                    .channel(NioDatagramChannel.class)
                    .handler(new Datagrams())
                    .bind(address)
                    .syncUninterruptibly();
            new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            open(channel);
                        }
                    })
                    .bind(address)
                    .syncUninterruptibly();
        } catch (RuntimeException failed) {
            close();
            throw new IllegalStateException(
                    "DNS cannot listen on " + at + " (twinspan.resolver.dns-port): " + failed.getMessage(), failed);
        } catch (Exception failed) {
            // Netty throws what was not declared.
            close();
            throw new IllegalStateException(
                    "DNS cannot listen on " + at + " (twinspan.resolver.dns-port): " + failed.getMessage(), failed);
        }
    }

    /** Questions answered since the start, those with an error included. */
    public long answered() {
        return answered.sum();
    }

    /** Packets that were no question or came when too many were being answered. */
    public long refused() {
        return refused.sum();
    }

    @Override
    public void close() {
        EventLoopGroup running = threads;
        if (running != null) {
            running.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private void open(SocketChannel channel) {
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connections.decrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        channel.pipeline()
                .addLast(new WriteTimeoutHandler(WRITE_SECONDS))
                .addLast(new LengthFieldBasedFrameDecoder(
                        DnsFormat.LARGEST_TCP + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                // Behind the decoder, where nothing but whole questions passes.
                .addLast(new ReadTimeoutHandler(QUESTION_SECONDS))
                // Holds back what has come already while the connection is not to be read.
                .addLast(new FlowControlHandler())
                .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                .addLast(new Frames());
    }

    /**
     * Reads, answers, and hands the packet to send over; called on the thread of the sockets, the rest on any. False when there will
     * be nothing to send.
     */
    private boolean take(Channel channel, ByteBuf packet, IntUnaryOperator most, Consumer<ByteBuf> send) {
        DnsFormat.Incoming incoming = DnsFormat.read(packet);
        DnsQuery query = incoming.query();
        DnsResponseCode refusal = incoming.refusal();
        if (refusal != null) {
            refused.increment();
            send.accept(DnsFormat.refusal(channel.alloc(), incoming.id(), refusal));
        }
        if (query == null) {
            return refusal != null;
        }
        int mostBytes = most.applyAsInt(DnsFormat.mostOverUdp(query));
        if (underWay.incrementAndGet() > MOST_AT_ONCE) {
            underWay.decrementAndGet();
            refused.increment();
            send.accept(DnsFormat.write(channel.alloc(), query, DnsReply.refusal(DnsResponseCode.SERVFAIL), mostBytes));
            return true;
        }
        // A fault of the zone fails the stage, so that whatever it is the question does not count for ever.
        CompletableFuture.completedFuture(query)
                .thenCompose(zone::answer)
                .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
                .whenComplete((reply, failure) -> {
                    underWay.decrementAndGet();
                    answered.increment();
                    DnsReply said = reply == null ? DnsReply.refusal(DnsResponseCode.SERVFAIL) : reply;
                    send.accept(DnsFormat.write(channel.alloc(), query, said, mostBytes));
                });
        return true;
    }

    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            InetSocketAddress sender = packet.sender();
            // A reply to port 0 would go nowhere.
            if (sender.getPort() != 0) {
                take(
                        context.channel(),
                        packet.content(),
                        most -> most,
                        reply -> context.writeAndFlush(new DatagramPacket(reply, sender)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
            // A datagram that cannot be sent concerns nobody but its asker, who asks again.
            refused.increment();
        }
    }

    /** One TCP connection, which is read only while its replies are. On the thread of the sockets. */
    private final class Frames extends SimpleChannelInboundHandler<ByteBuf> {
        private int unanswered;

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf packet) {
            count(context, 1);
            boolean isReplied = take(
                    context.channel(),
                    packet,
                    most -> DnsFormat.LARGEST_TCP,
                    reply -> context.writeAndFlush(reply).addListener(written -> count(context, -1)));
            if (!isReplied) {
                count(context, -1);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            count(context, 0);
        }

        private void count(ChannelHandlerContext context, int more) {
            unanswered += more;
            context.channel()
                    .config()
                    .setAutoRead(
                            unanswered < MOST_UNANSWERED && context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
            context.close();
        }
    }
}
