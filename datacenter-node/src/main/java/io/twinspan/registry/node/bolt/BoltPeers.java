package io.twinspan.registry.node.bolt;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcClient;
import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.wire.MessageCodec;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls to the roles of other processes, over one connection for each endpoint, or as many as are asked for. */
public final class BoltPeers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltPeers.class);
    private static final int CONNECTORS = 4;

    private final HybridClock clock;
    private final EventLoop timers;
    private final PeerTransportSettings settings;
    private final RpcClient client;
    private final ThreadPoolExecutor connectors;
    private final ConnectionWatch watch;
    private final Map<Endpoint, PeerLanes> links = new ConcurrentHashMap<>();

    /** @param timers runs nothing but time-outs */
    public BoltPeers(HybridClock clock, EventLoop timers, PeerTransportSettings settings) {
        this(clock, timers, settings, ConnectionWatch.NONE);
    }

    /** The same, whose connections somebody hears of. */
    public BoltPeers(HybridClock clock, EventLoop timers, PeerTransportSettings settings, ConnectionWatch watch) {
        BoltProcess.prepare();
        this.watch = watch;
        this.client = new RpcClient();
        this.clock = clock;
        this.timers = timers;
        this.settings = settings;
        // At most one task for each connection waits here, so the bounds on these bound the queue.
        this.connectors = new ThreadPoolExecutor(
                CONNECTORS,
                CONNECTORS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(settings.maxPeers() * settings.maxConnections()),
                task -> {
                    Thread thread = new Thread(task, "peer-connector");
                    thread.setDaemon(true);
                    return thread;
                });
        connectors.allowCoreThreadTimeOut(true);
        RefusalLog refusals = new RefusalLog(LOG, System::nanoTime);
        client.option(
                BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER,
                new FrontHandlers(() -> List.of(
                        new ReadMark(),
                        new FrameGate(
                                settings.frameLimitBytes(),
                                (remote, why) -> refusals.refused("a connection to a node", remote, why)))));
        client.startup();
    }

    /** The client of one role of this process; its calls carry that role's identity. */
    public PeerClient as(Caller self) {
        return new PeerClient() {
            @Override
            public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
                return send(self, to, request, timeout);
            }
        };
    }

    /**
     * Keeps connections open to these endpoints and no others, also while nobody calls. Connections are made in the background, so
     * call it again and again. What led elsewhere stays as long as the other end keeps it, and is forgotten after that.
     *
     * @param wanted number of connections by endpoint
     * @throws IllegalArgumentException when more connections to one are wanted than the settings allow
     */
    public void hold(Map<Endpoint, Integer> wanted) {
        wanted.forEach((endpoint, connections) -> {
            if (connections > settings.maxConnections()) {
                throw new IllegalArgumentException(connections + " connections to " + endpoint + " are more than the "
                        + settings.maxConnections() + " allowed");
            }
            PeerLanes lanes = link(null, endpoint);
            if (lanes != null) {
                lanes.hold(connections);
            }
        });
        links.forEach((endpoint, lanes) -> {
            if (!wanted.containsKey(endpoint)) {
                lanes.release();
                if (lanes.isUnused() && links.remove(endpoint, lanes)) {
                    // Who has just got hold of it is told so, and tries again.
                    lanes.close();
                }
            }
        });
    }

    /** Endpoints that were called so far, and how many connections there are now. */
    public Map<Endpoint, Integer> links() {
        Map<Endpoint, Integer> connected = new TreeMap<>();
        links.forEach((endpoint, lanes) -> connected.put(endpoint, lanes.connected()));
        return connected;
    }

    /** Closes all connections; calls fail from now on. */
    @Override
    public void close() {
        connectors.shutdown();
        links.values().forEach(PeerLanes::close);
        client.shutdown();
    }

    @SuppressWarnings(
            "unchecked") // a peer answers with the type that the request names; a wrong one fails in the caller
    private <R> CompletionStage<R> send(Caller self, Endpoint to, Request<R> request, Duration timeout) {
        String name = request.getClass().getSimpleName();
        byte[] bytes = MessageCodec.encodeRequest(self, clock.next(), request);
        if (bytes.length
                > settings.frameLimitBytes() - PeerFrame.class.getName().length()) {
            return CompletableFuture.failedFuture(new PeerException(name + " to " + to + " has " + bytes.length
                    + " bytes, more than the " + settings.frameLimitBytes() + " allowed"));
        }
        PeerLanes link = link(self.role(), to);
        if (link == null) {
            return CompletableFuture.failedFuture(new PeerException(
                    name + " to " + to + " failed: more than " + settings.maxPeers() + " peers are called from here"));
        }
        PeerCall call = new PeerCall(to, name, bytes, timeout, clock);
        EventLoop.Timer timer = timers.schedule(timeout, () -> {
            call.timeOut();
            link.onTimeOut(request.lane());
        });
        call.result().whenComplete((value, failure) -> timer.cancel());
        link.send(call, request.lane());
        return (CompletionStage<R>) call.result();
    }

    private @Nullable PeerLanes link(@Nullable NodeRole caller, Endpoint to) {
        PeerLanes known = links.get(to);
        if (known != null || links.size() >= settings.maxPeers()) {
            return known;
        }
        return links.computeIfAbsent(
                to,
                each -> new PeerLanes(() -> new PeerLink(
                        each, client, connectors, settings, isOpen -> watch.onOutgoing(caller, each, isOpen))));
    }
}
