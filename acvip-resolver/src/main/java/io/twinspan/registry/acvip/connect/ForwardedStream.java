package io.twinspan.registry.acvip.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One client and the session it is led to. Belongs to the forwarder's thread.
 *
 * <pre>
 * looking     ways to a session are tried one after the other, what the client says meanwhile waits in the buffer
 * open        bytes go both ways; either side may end while the other goes on
 * closed      both sides are
 * </pre>
 */
final class ForwardedStream {
    private static final Duration SLOW = Duration.ofMillis(200);

    private final Selector selector;
    private final ConnectSettings.Limits limits;
    private final ForwardTally tally;
    private final SocketChannel client;
    private final InetSocketAddress clientAddress;
    private final SelectionKey clientKey;
    private final HalfStream up;
    private final HalfStream down;
    private final long sinceNanos;
    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private @Nullable SocketChannel session;
    private @Nullable SelectionKey sessionKey;
    private @Nullable Attempt attempt;
    private long attemptNanos;
    private long lookAgainNanos;
    private boolean isOpen;
    private boolean isAsked;
    private boolean isAnswered;
    private boolean isClosed;

    ForwardedStream(
            SocketChannel client, Selector selector, ConnectSettings.Limits limits, ForwardTally tally, long now)
            throws IOException {
        this.client = client;
        this.selector = selector;
        this.limits = limits;
        this.tally = tally;
        this.sinceNanos = now;
        this.lookAgainNanos = now;
        prepare(client);
        this.clientAddress = (InetSocketAddress) client.getRemoteAddress();
        this.clientKey = client.register(selector, SelectionKey.OP_READ, this);
        this.up = new HalfStream(limits.bufferBytes(), now);
        this.down = new HalfStream(limits.bufferBytes(), now);
    }

    boolean isClosed() {
        return isClosed;
    }

    /** The session it is led to, once it is. */
    Optional<Attempt> target() {
        return isOpen ? Optional.ofNullable(attempt) : Optional.empty();
    }

    /** True when its client has asked something a while ago and has had no answer to anything; not for ever, its session may be stuck. */
    boolean awaitsFirstAnswer(long now) {
        long since = now - sinceNanos;
        return !isClosed
                && isAsked
                && !isAnswered
                && since > SLOW.toNanos()
                && since < limits.hold().toNanos();
    }

    /** True when somebody has to say which sessions there are. */
    boolean isLooking(long now) {
        return !isClosed && !isOpen && attempt == null && now - lookAgainNanos >= 0;
    }

    /** Tries these; when there are none, again a little later. */
    void look(List<Attempt> ways, long now) {
        attempts.clear();
        attempts.addAll(ways);
        lookAgainNanos = now + limits.connect().toNanos() / 4;
        tryNext(now);
    }

    /** Something can be done on one of the two. Returns the way that has just failed, if one has. */
    Optional<Attempt> onReady(long now) {
        if (isClosed) {
            return Optional.empty();
        }
        if (attempt != null && !isOpen && sessionKey != null && sessionKey.isValid() && sessionKey.isConnectable()) {
            Optional<Attempt> failed = onConnectable(now);
            if (failed.isPresent()) {
                return failed;
            }
        }
        move(now);
        return Optional.empty();
    }

    /** Looks at the clock. Returns the way that has taken too long, if one has. */
    Optional<Attempt> onTick(long now) {
        if (isClosed) {
            return Optional.empty();
        }
        if (isOpen) {
            endStuck(now);
            return Optional.empty();
        }
        if (now - sinceNanos > limits.hold().toNanos()) {
            tally.unserved.increment();
            close();
            return Optional.ofNullable(attempt);
        }
        if (attempt != null && now - attemptNanos > limits.connect().toNanos()) {
            return Optional.of(giveUp(attempt, now));
        }
        return Optional.empty();
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            closeQuietly(client);
            closeQuietly(session);
        }
    }

    private void tryNext(long now) {
        while (!isClosed && !attempts.isEmpty()) {
            Attempt next = attempts.removeFirst();
            try {
                SocketChannel opened = SocketChannel.open();
                session = opened;
                prepare(opened);
                attempt = next;
                attemptNanos = now;
                boolean isThere = opened.connect(next.address());
                sessionKey = opened.register(selector, isThere ? 0 : SelectionKey.OP_CONNECT, this);
                if (isThere) {
                    onConnected(opened, next);
                    move(now);
                }
                return;
            } catch (IOException | java.nio.channels.UnresolvedAddressException refused) {
                tally.failedConnects.increment();
                closeQuietly(session);
                attempt = null;
            }
        }
    }

    private Optional<Attempt> onConnectable(long now) {
        SocketChannel connecting = session;
        Attempt tried = attempt;
        if (connecting == null || tried == null) {
            return Optional.empty();
        }
        try {
            if (connecting.finishConnect()) {
                onConnected(connecting, tried);
            }
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of(giveUp(tried, now));
        }
    }

    private Attempt giveUp(Attempt tried, long now) {
        tally.failedConnects.increment();
        closeQuietly(session);
        session = null;
        sessionKey = null;
        attempt = null;
        tryNext(now);
        return tried;
    }

    /** Writes nothing yet: what a session took before it was gone again could not be said to another. */
    private void onConnected(SocketChannel connected, Attempt tried) throws IOException {
        if (tried.isProxied()) {
            InetSocketAddress own = (InetSocketAddress) connected.getLocalAddress();
            up.begin(ProxyHeader.write(named(own), tried.address()));
        } else {
            tally.unproxied.increment();
        }
        attempts.clear();
        isOpen = true;
        tally.connected.increment();
    }

    /** A client on this machine is known to others by the address of this machine, with the port it has here. */
    private InetSocketAddress named(InetSocketAddress own) {
        return clientAddress.getAddress().isLoopbackAddress()
                ? new InetSocketAddress(own.getAddress(), clientAddress.getPort())
                : clientAddress;
    }

    private void move(long now) {
        try {
            long asked = up.read(client, now);
            isAsked |= asked > 0;
            tally.bytesUp.add(asked);
            SocketChannel other = session;
            if (isOpen && other != null) {
                up.write(other, now);
                long answered = down.read(other, now);
                isAnswered |= answered > 0;
                tally.bytesDown.add(answered);
                down.write(client, now);
            } else if (up.hasSourceEnded()) {
                // The client has gone before a session was found.
                close();
            }
        } catch (IOException broken) {
            close();
        }
        if (up.isOver() && down.isOver()) {
            close();
        }
        setInterest();
    }

    private void setInterest() {
        if (isClosed) {
            return;
        }
        clientKey.interestOps((up.wantsRead() ? SelectionKey.OP_READ : 0)
                | (isOpen && down.wantsWrite() ? SelectionKey.OP_WRITE : 0));
        SelectionKey key = sessionKey;
        if (isOpen && key != null) {
            key.interestOps(
                    (down.wantsRead() ? SelectionKey.OP_READ : 0) | (up.wantsWrite() ? SelectionKey.OP_WRITE : 0));
        }
    }

    private void endStuck(long now) {
        boolean isHalf = up.isOver() || down.isOver();
        long upQuiet = now - up.progressNanos();
        long downQuiet = now - down.progressNanos();
        long quiet = Math.min(upQuiet, downQuiet);
        if ((up.isWaiting() && upQuiet > limits.stuck().toNanos())
                || (down.isWaiting() && downQuiet > limits.stuck().toNanos())
                || (isHalf && quiet > limits.halfClosed().toNanos())
                || quiet > limits.idle().toNanos()) {
            tally.stuck.increment();
            close();
        }
    }

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException goneAlready) {
                System.getLogger(ForwardedStream.class.getName())
                        .log(System.Logger.Level.DEBUG, "a socket was gone before it was closed", goneAlready);
            }
        }
    }
}
