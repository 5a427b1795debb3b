package io.twinspan.registry.node.bolt;

import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcClient;
import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.node.wire.MessageCodec;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
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

/** Calls to the roles of other processes, over one connection for each endpoint. */
public final class BoltPeers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltPeers.class);
    private static final int CONNECTORS = 4;

    private final HybridClock clock;
    private final EventLoop timers;
    private final PeerTransportSettings settings;
    private final RpcClient client;
    private final ThreadPoolExecutor connectors;
    private final Map<Endpoint, PeerLink> links = new ConcurrentHashMap<>();

    /** @param timers runs nothing but time-outs */
    public BoltPeers(HybridClock clock, EventLoop timers, PeerTransportSettings settings) {
        BoltProcess.prepare();
        this.client = new RpcClient();
        this.clock = clock;
        this.timers = timers;
        this.settings = settings;
        // At most one task for each link waits here, so the bound on peers bounds the queue.
        this.connectors = new ThreadPoolExecutor(
                CONNECTORS, CONNECTORS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(settings.maxPeers()), task -> {
                    Thread thread = new Thread(task, "peer-connector");
                    thread.setDaemon(true);
                    return thread;
                });
        connectors.allowCoreThreadTimeOut(true);
        RefusalLog refusals = new RefusalLog(LOG, System::nanoTime);
        client.option(
                BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER,
                new FrontHandlers(() -> java.util.List.of(new FrameGate(
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

    /** Endpoints that were called so far, and whether there is a connection now. */
    public Map<Endpoint, Boolean> links() {
        Map<Endpoint, Boolean> states = new TreeMap<>();
        links.forEach((endpoint, link) -> states.put(endpoint, link.isConnected()));
        return states;
    }

    /** Closes all connections; calls fail from now on. */
    @Override
    public void close() {
        connectors.shutdown();
        links.values().forEach(PeerLink::close);
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
        PeerLink link = link(to);
        if (link == null) {
            return CompletableFuture.failedFuture(new PeerException(
                    name + " to " + to + " failed: more than " + settings.maxPeers() + " peers are called from here"));
        }
        PeerCall call = new PeerCall(to, name, bytes, timeout, clock);
        EventLoop.Timer timer = timers.schedule(timeout, call::timeOut);
        call.result().whenComplete((value, failure) -> timer.cancel());
        link.send(call);
        return (CompletionStage<R>) call.result();
    }

    private @Nullable PeerLink link(Endpoint to) {
        PeerLink known = links.get(to);
        if (known != null || links.size() >= settings.maxPeers()) {
            return known;
        }
        return links.computeIfAbsent(to, each -> new PeerLink(each, client, connectors, settings));
    }
}
