package io.twinspan.registry.node.bolt;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcServer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.runtime.FaultHandler;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of this process where other nodes call its roles. */
public final class BoltPeerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltPeerServer.class);

    private record Listening(RpcServer server, AtomicInteger connections, LongAdder failures) {}

    private final HybridClock clock;
    private final PeerTransportSettings settings;
    private final FaultHandler faults;
    private final ConnectionWatch watch;
    private final PeersPresent present = new PeersPresent();
    private final RefusalLog refusals = new RefusalLog(LOG, System::nanoTime);
    private final AtomicLong refusedFrames = new AtomicLong();
    private final Map<Integer, Listening> ports = new ConcurrentHashMap<>();

    /** @param faults told of handlers that failed by anything but a refusal: the caller only gets a line */
    public BoltPeerServer(HybridClock clock, PeerTransportSettings settings, FaultHandler faults) {
        this(clock, settings, faults, ConnectionWatch.NONE);
    }

    /** The same, whose connections somebody hears of. */
    public BoltPeerServer(
            HybridClock clock, PeerTransportSettings settings, FaultHandler faults, ConnectionWatch watch) {
        this.clock = clock;
        this.settings = settings;
        this.faults = faults;
        this.watch = watch;
    }

    /**
     * Opens a port and answers what arrives there by this dispatcher.
     *
     * @param host a local address, or {@code 0.0.0.0} for all
     * @param port 0 for any that is free
     * @return the port that is open now
     * @throws IllegalStateException naming host and port when it cannot be opened
     */
    public int listen(String host, int port, RequestDispatcher dispatcher) {
        BoltProcess.prepare();
        AtomicInteger connections = new AtomicInteger();
        LongAdder failures = new LongAdder();
        RpcServer server = new RpcServer(host, port, true);
        server.option(
                BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER,
                new FrontHandlers(() -> List.of(
                        new FrameGate(settings.frameLimitBytes(), this::refused),
                        new ConnectionCount(connections, server))));
        server.registerUserProcessor(
                new PeerRequestProcessor(dispatcher, clock, faults, settings.frameLimitBytes(), present, failures));
        BoltPorts.open(server, host, port);
        ports.put(server.port(), new Listening(server, connections, failures));
        return server.port();
    }

    /** Open connections by port. */
    public Map<Integer, Integer> connections() {
        Map<Integer, Integer> counts = new TreeMap<>();
        ports.forEach(
                (port, listening) -> counts.put(port, listening.connections().get()));
        return counts;
    }

    /** Calls that arrived so far and were answered by a failure, by port. */
    public Map<Integer, Long> failures() {
        Map<Integer, Long> counts = new TreeMap<>();
        ports.forEach((port, listening) -> counts.put(port, listening.failures().sum()));
        return counts;
    }

    /**
     * True while a role of another node has a connection to any of these ports and has called over it. One on which nothing comes
     * or goes for 90 s is closed by Bolt.
     */
    public boolean isConnected(NodeId node, NodeRole role) {
        return present.isConnected(node, role);
    }

    /** Connections closed because of a frame that was malformed or too large. */
    public long refusedFrames() {
        return refusedFrames.get();
    }

    /** Closes all ports and their connections. */
    @Override
    public void close() {
        ports.values().forEach(listening -> BoltPorts.close(listening.server()));
        ports.clear();
    }

    private void refused(String remote, String why) {
        refusedFrames.incrementAndGet();
        refusals.refused("a port for nodes", remote, why);
    }

    private final class ConnectionCount extends ChannelInboundHandlerAdapter {
        private final AtomicInteger count;
        private final RpcServer server;

        private ConnectionCount(AtomicInteger count, RpcServer server) {
            this.count = count;
            this.server = server;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            count.incrementAndGet();
            watch.onIncoming(server.port(), EdgeConnection.remoteAddress(context.channel()), true);
            context.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            count.decrementAndGet();
            watch.onIncoming(server.port(), EdgeConnection.remoteAddress(context.channel()), false);
            context.fireChannelInactive();
        }
    }
}
