package io.twinspan.registry.node.bolt;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcServer;
import com.alipay.sofa.registry.core.model.ConfiguratorRegister;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.node.session.ClientRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port for official SOFARegistry clients, any version from 5.2.0. Front to back a connection has: the idle watch, the door
 * (connections counted and numbered), the frame limit, Bolt's decoder, the gate (only what a client sends, only what may be
 * decoded), Bolt. At a second port, if there is one, a gate that reads whose stream is forwarded comes before all of them. What is refused is counted, gets one bounded log line, and closes its own connection only.
 */
public final class BoltClientEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltClientEdge.class);
    private static final int WRITE_LOW_MARK = 384 << 10;
    private static final int WRITE_HIGH_MARK = 512 << 10;
    private static final int MOST_UNFLUSHED = 64;
    private static final String PORT = "the port for clients";
    private static final String PROXY_PORT = "the port for forwarded clients";

    private final String host;
    private final int port;
    private final ClientEdgeSettings settings;
    private final ClientRequests requests;
    private final ProxySettings proxy;
    private final RpcServer server;
    private final @Nullable RpcServer forwarded;
    private final HessianBounds bounds = new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed);
    private final ListedHessianSerializer reader = new ListedHessianSerializer(bounds);
    private final EdgeTally tally = new EdgeTally();
    private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime);
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger withoutHeader = new AtomicInteger();
    private volatile boolean isClosing;

    /**
     * @param host a local address, or {@code 0.0.0.0} for all
     * @param port 0 for any that is free
     * @param requests told of connections and registrations, on the connection's IO thread: it must not block
     */
    public BoltClientEdge(String host, int port, ClientEdgeSettings settings, ClientRequests requests) {
        this(host, port, settings, ProxySettings.OFF, requests);
    }

    /** The same with a second port, where streams of clients are forwarded to. */
    public BoltClientEdge(
            String host, int port, ClientEdgeSettings settings, ProxySettings proxy, ClientRequests requests) {
        BoltProcess.prepare();
        this.host = host;
        this.port = port;
        this.settings = settings;
        this.proxy = proxy;
        this.requests = requests;
        EncodedSegments segments = new EncodedSegments(EncodedSegments.Limits.standard());
        this.server = server(port, segments, false);
        this.forwarded = proxy.isOn() ? server(proxy.port(), segments, true) : null;
    }

    private RpcServer server(int number, EncodedSegments segments, boolean isForwarded) {
        RpcServer server = new RpcServer(host, number, true);
        EdgeConnection.Shared shared = new EdgeConnection.Shared(server, settings, tally, segments);
        server.initWriteBufferWaterMark(WRITE_LOW_MARK, WRITE_HIGH_MARK);
        server.option(
                BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER,
                new FrontHandlers(() -> frontHandlers(shared, isForwarded)));
        server.registerUserProcessor(new RegistrationProcessor<>(PublisherRegister.class, requests, tally));
        server.registerUserProcessor(new RegistrationProcessor<>(SubscriberRegister.class, requests, tally));
        server.registerUserProcessor(new RegistrationProcessor<>(ConfiguratorRegister.class, requests, tally));
        server.registerUserProcessor(new SyncConfigProcessor(settings.syncInterval()));
        return server;
    }

    /**
     * Opens the ports.
     *
     * @throws IllegalStateException naming host and port when it cannot be opened
     */
    public void start() {
        BoltPorts.open(server, host, port);
        if (forwarded != null) {
            BoltPorts.open(forwarded, host, proxy.port());
            LOG.info("forwarded clients are taken on {}:{}", host, proxy.port());
        }
    }

    /** The port that is open. */
    public int port() {
        return server.port();
    }

    /** What has happened so far. */
    public EdgeCounters counters() {
        return tally.counters();
    }

    /**
     * Closes the port and all connections. Nothing is told of these: that this node ends says nothing of its clients, and data
     * nodes see to what they published when the session's lease is over.
     */
    @Override
    public void close() {
        isClosing = true;
        BoltPorts.close(server);
        if (forwarded != null) {
            BoltPorts.close(forwarded);
        }
    }

    private List<ChannelHandler> frontHandlers(EdgeConnection.Shared shared, boolean isForwarded) {
        List<ChannelHandler> handlers = new ArrayList<>(List.of(
                // Answers and pushes that are written one after the other go to the socket together.
                new FlushConsolidationHandler(MOST_UNFLUSHED, true),
                new IdleStateHandler(settings.idle().toMillis(), 0, 0, TimeUnit.MILLISECONDS),
                new EdgeDoor(new Keeper(shared), context -> new EdgeGate(bounds, reader, this::refusedMessage)),
                // Behind the door, which so sees that it was we who closed.
                new FrameGate(settings.frameLimitBytes(), this::refusedFrame)));
        if (isForwarded) {
            handlers.add(0, new ProxyGate(proxy, withoutHeader, this::refusedHeader));
        }
        return handlers;
    }

    private void refusedHeader(String remote, String why) {
        tally.refusedHeaders.increment();
        refusals.refused(PROXY_PORT, remote, why);
    }

    private void refusedFrame(String remote, String why) {
        tally.refusedFrames.increment();
        refusals.refused(PORT, remote, why);
    }

    private void refusedMessage(String remote, HessianRefusal refusal) {
        (refusal.isClass() ? tally.refusedClasses : tally.refusedMessages).increment();
        refusals.refused(PORT, remote, refusal.why());
    }

    private final class Keeper implements EdgeDoor.Keeper {
        private final EdgeConnection.Shared shared;

        private Keeper(EdgeConnection.Shared shared) {
            this.shared = shared;
        }

        @Override
        public @Nullable EdgeConnection enter(ChannelHandlerContext context) {
            boolean isFull = tally.connections.incrementAndGet() > settings.maxConnections();
            if (isFull || !requests.isTakingClients()) {
                tally.connections.decrementAndGet();
                tally.refusedConnections.increment();
                refusals.refused(
                        PORT,
                        EdgeConnection.remoteAddress(context.channel()),
                        isFull
                                ? "more than " + settings.maxConnections() + " connections"
                                : "no meta has told this session yet which data nodes there are");
                return null;
            }
            EdgeConnection connection = new EdgeConnection(numbers.incrementAndGet(), context.channel(), shared);
            LOG.info("connected {}", connection);
            requests.onConnected(connection);
            return connection;
        }

        @Override
        public void reading(EdgeConnection connection) {
            requests.onReading(connection);
        }

        @Override
        public void leave(EdgeConnection connection, RemovalCause cause) {
            tally.connections.decrementAndGet();
            LOG.info("closed {} cause={}", connection, cause);
            if (!isClosing) {
                requests.onDisconnected(connection, cause);
            }
        }

        @Override
        public void idle() {
            tally.idleClosed.increment();
        }
    }
}
