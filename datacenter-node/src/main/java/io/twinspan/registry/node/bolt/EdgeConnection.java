package io.twinspan.registry.node.bolt;

import com.alipay.remoting.Connection;
import com.alipay.remoting.InvokeCallback;
import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcServer;
import com.alipay.sofa.registry.core.model.Result;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.twinspan.registry.node.session.ClientConnection;
import io.twinspan.registry.node.session.ConfigPush;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.runtime.PeerException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One client's connection. A push is encoded on the thread that asks for it and written by the connection's IO thread. */
final class EdgeConnection implements ClientConnection {
    static final AttributeKey<EdgeConnection> KEY = AttributeKey.valueOf("twinspan-client");

    /** Bolt's own time-out comes first; this one is for answers that cannot be read, of which Bolt tells nobody. */
    private static final long UNREADABLE_SLACK_MILLIS = 500;

    /** What all connections of a port have in common. */
    record Shared(RpcServer server, ClientEdgeSettings settings, EdgeTally tally, EncodedSegments segments) {}

    private final long number;
    private final Channel channel;
    private final RpcServer server;
    private final ClientEdgeSettings settings;
    private final EdgeTally tally;
    private final EncodedSegments segments;
    private final String remote;
    private final AtomicInteger unanswered = new AtomicInteger();

    EdgeConnection(long number, Channel channel, Shared shared) {
        this.number = number;
        this.channel = channel;
        this.server = shared.server();
        this.settings = shared.settings();
        this.tally = shared.tally();
        this.segments = shared.segments();
        this.remote = remoteAddress(channel);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String remoteAddress() {
        return remote;
    }

    @Override
    public boolean isReading() {
        return channel.isWritable();
    }

    @Override
    public CompletionStage<Boolean> push(SegmentPush push) {
        return send(ClientForms.received(push, segments.of(push.addressesByZone())));
    }

    @Override
    public CompletionStage<Boolean> pushConfig(ConfigPush push) {
        return send(ClientForms.received(push));
    }

    @Override
    public void close() {
        channel.close();
    }

    /** A registration was read; beyond the bound nothing more is, so that what waits stays in the client. */
    void onRequest() {
        if (unanswered.incrementAndGet() >= settings.maxUnanswered()) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public boolean isForwarded() {
        return channel.attr(ProxyGate.CLIENT).get() != null;
    }

    /** A registration was answered, or never will be; any thread. */
    void onAnswered() {
        if (unanswered.decrementAndGet() <= settings.maxUnanswered() / 2
                && !channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public String toString() {
        return "client " + number + " " + remote;
    }

    /** The client's address: as somebody who may say so has named it, else as the network says. */
    static String remoteAddress(Channel channel) {
        InetSocketAddress named = channel.attr(ProxyGate.CLIENT).get();
        return (named == null ? channel.remoteAddress() : named) instanceof InetSocketAddress at
                ? at.getAddress().getHostAddress() + ":" + at.getPort()
                : String.valueOf(channel.remoteAddress());
    }

    private CompletionStage<Boolean> send(Object message) {
        Connection connection = channel.attr(Connection.CONNECTION).get();
        if (connection == null || !channel.isActive()) {
            return CompletableFuture.failedFuture(new PeerException(this + " is gone"));
        }
        if (!channel.isWritable() && channel.bytesBeforeWritable() > settings.maxUnsentBytes()) {
            tally.unreadPushes.increment();
            return CompletableFuture.failedFuture(new PeerException(this + " does not read what it is sent"));
        }
        Pushed pushed = new Pushed();
        int timeoutMillis = (int) settings.pushTimeout().toMillis();
        try {
            tally.pushes.increment();
            server.invokeWithCallback(connection, message, pushed, timeoutMillis);
        } catch (RemotingException | RuntimeException failed) {
            pushed.onException(failed);
        }
        return pushed.result.orTimeout(timeoutMillis + UNREADABLE_SLACK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private final class Pushed implements InvokeCallback {
        private final CompletableFuture<Boolean> result = new CompletableFuture<>();

        Pushed() {
            result.whenComplete((isTaken, failure) -> {
                if (failure != null) {
                    tally.failedPushes.increment();
                } else if (!isTaken) {
                    tally.refusedPushes.increment();
                }
            });
        }

        @Override
        public void onResponse(@Nullable Object response) {
            result.complete(response instanceof Result answer && answer.isSuccess());
        }

        @Override
        public void onException(Throwable failure) {
            result.completeExceptionally(
                    new PeerException("push to " + EdgeConnection.this + " failed: " + PeerException.line(failure)));
        }

        @Override
        public @Nullable Executor getExecutor() {
            return null;
        }
    }
}
