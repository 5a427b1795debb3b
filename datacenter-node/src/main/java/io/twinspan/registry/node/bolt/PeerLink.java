package io.twinspan.registry.node.bolt;

import com.alipay.remoting.Connection;
import com.alipay.remoting.exception.RemotingException;
import com.alipay.remoting.rpc.RpcClient;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.runtime.PeerException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one endpoint, made when it is needed and made again when it is lost. While it is being made calls wait,
 * in their order and up to a bound; when it cannot be made all of them fail at once, and the next call tries again.
 *
 * <p>The lock guards the connection and the queue, and keeps a later call from overtaking a waiting one; nothing blocks under it.
 */
final class PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);

    private final Endpoint to;
    private final RpcClient client;
    private final Executor connectors;
    private final PeerTransportSettings settings;
    private final Consumer<Boolean> watch;
    private final Queue<PeerCall> waiting = new ArrayDeque<>();
    private @Nullable Connection connection;

    /** When the first call was written after which nothing has come over the connection. */
    private long askedNanos;

    private boolean isConnecting;
    private boolean isClosed;

    /**
     * @param connectors where connections are made; making one blocks
     * @param watch told true when a connection is made, and false when it has closed
     */
    PeerLink(
            Endpoint to,
            RpcClient client,
            Executor connectors,
            PeerTransportSettings settings,
            Consumer<Boolean> watch) {
        this.to = to;
        this.client = client;
        this.connectors = connectors;
        this.settings = settings;
        this.watch = watch;
    }

    void send(PeerCall call) {
        String refusal = null;
        synchronized (this) {
            if (isClosed) {
                refusal = "this node is closing";
            } else if (connection != null && connection.isFine()) {
                refusal = write(connection, call);
            } else if (waiting.size() >= settings.maxWaiting()) {
                refusal = "more than " + settings.maxWaiting() + " calls wait for the connection";
            } else {
                waiting.add(call);
                if (!isConnecting) {
                    isConnecting = true;
                    connectSoon();
                }
            }
        }
        if (refusal != null) {
            call.fail(refusal);
        }
    }

    /**
     * A call has timed out. A connection over which nothing has come for long although something was asked is given up: where packets
     * are swallowed nobody closes it, and after the network has healed the kernel waits ever longer before it sends again, while a new
     * one works at once.
     */
    void onTimeOut() {
        Connection silent = null;
        synchronized (this) {
            if (connection != null && isSilent(connection)) {
                silent = connection;
                connection = null;
            }
        }
        if (silent != null) {
            LOG.info(
                    "nothing came from {} for {} although it was asked: the connection is made anew",
                    to,
                    settings.silence());
            silent.close();
        }
    }

    private boolean isSilent(Connection open) {
        return lastRead(open) - askedNanos < 0
                && System.nanoTime() - askedNanos >= settings.silence().toNanos();
    }

    private static long lastRead(Connection open) {
        return open.getChannel().pipeline().get(ReadMark.class).nanos();
    }

    /** Makes the connection if there is none, although nobody calls. */
    synchronized void hold() {
        if (!isClosed && !isConnecting && !isConnected()) {
            isConnecting = true;
            connectSoon();
        }
    }

    /** True when it is not connected, and nothing is under way to change that. */
    synchronized boolean isUnused() {
        return waiting.isEmpty() && !isConnecting && !isConnected();
    }

    synchronized boolean isConnected() {
        return connection != null && connection.isFine();
    }

    void close() {
        Connection last;
        synchronized (this) {
            isClosed = true;
            last = connection;
            connection = null;
        }
        if (last != null) {
            last.close();
        }
        failWaiting("this node is closing");
    }

    private void connectSoon() {
        try {
            connectors.execute(this::connect);
        } catch (RejectedExecutionException closing) {
            // close() fails what waits.
            isConnecting = false;
        }
    }

    private void connect() {
        try {
            connected(client.createStandaloneConnection(
                    to.host(), to.port(), (int) settings.connectTimeout().toMillis()));
        } catch (RemotingException | RuntimeException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            synchronized (this) {
                isConnecting = false;
            }
            failWaiting("cannot connect: " + PeerException.line(cause));
        }
    }

    private void connected(Connection made) {
        watch.accept(true);
        made.getChannel().closeFuture().addListener(closed -> watch.accept(false));
        List<Runnable> failures = new ArrayList<>();
        boolean isLate;
        synchronized (this) {
            isConnecting = false;
            isLate = isClosed;
            if (!isLate) {
                connection = made;
                askedNanos = lastRead(made);
                for (PeerCall call = waiting.poll(); call != null; call = waiting.poll()) {
                    PeerCall sent = call;
                    String refusal = write(made, sent);
                    if (refusal != null) {
                        failures.add(() -> sent.fail(refusal));
                    }
                }
            }
        }
        if (isLate) {
            made.close();
        }
        failures.forEach(Runnable::run);
    }

    private void failWaiting(String why) {
        List<PeerCall> failed;
        synchronized (this) {
            failed = new ArrayList<>(waiting);
            waiting.clear();
        }
        failed.forEach(call -> call.fail(why));
    }

    /** Hands the call to the network; what comes of it is told to the call. Says why when it cannot even be handed over. */
    private @Nullable String write(Connection over, PeerCall call) {
        if (lastRead(over) - askedNanos >= 0) {
            askedNanos = System.nanoTime();
        }
        try {
            client.invokeWithCallback(over, call.frame(), call, call.forgottenAfterMillis());
            return null;
        } catch (RemotingException | RuntimeException failed) {
            return PeerException.line(failed);
        }
    }
}
