package io.twinspan.registry.acvip.connect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that still have streams although the answer does not name them, and whether their hosts are there. A host that has lost power
 * or its network ends no stream, and clients would wait for their own heartbeats to find out. It is asked for a connection now and
 * then: whoever takes or refuses one is there; whoever does neither several times in a row is gone. Not thread-safe.
 */
final class LeftSessions {
    /** So often in a row nothing is heard before a host is gone. */
    static final int GONE_AFTER = 3;

    private final Duration every;
    private final Duration within;
    private final Map<InetSocketAddress, Host> hosts = new HashMap<>();

    /**
     * @param every how often each is asked
     * @param within how long it has to say something
     */
    LeftSessions(Duration every, Duration within) {
        this.every = every;
        this.within = within;
    }

    private static final class Host {
        private long askedNanos;
        private int unheard;
        private @Nullable SocketChannel asked;
    }

    /**
     * Those of these that are gone, as far as is known by now; to be asked several times a second, and not to wait.
     *
     * @param left where each of them took its streams; others are forgotten
     */
    Set<InetSocketAddress> gone(Set<InetSocketAddress> left, long now) {
        hosts.entrySet().removeIf(each -> {
            boolean isOver = !left.contains(each.getKey());
            if (isOver) {
                end(each.getValue());
            }
            return isOver;
        });
        Set<InetSocketAddress> gone = new HashSet<>();
        for (InetSocketAddress address : left) {
            Host host = hosts.computeIfAbsent(address, first -> new Host());
            look(host, address, now);
            if (host.unheard >= GONE_AFTER) {
                gone.add(address);
            }
        }
        return gone;
    }

    /** True while this one has been asked and has said nothing. */
    boolean isWaiting(InetSocketAddress address) {
        Host host = hosts.get(address);
        return host != null && host.asked != null;
    }

    void close() {
        hosts.values().forEach(LeftSessions::end);
        hosts.clear();
    }

    private void look(Host host, InetSocketAddress address, long now) {
        SocketChannel asked = host.asked;
        if (asked != null) {
            listen(host, asked, now);
        } else if (host.askedNanos == 0 || now - host.askedNanos >= every.toNanos()) {
            host.askedNanos = now;
            try {
                SocketChannel opened = SocketChannel.open();
                host.asked = opened;
                opened.configureBlocking(false);
                if (opened.connect(address)) {
                    onHeard(host);
                }
            } catch (IOException failed) {
                onFailed(host, failed);
            }
        }
    }

    private void listen(Host host, SocketChannel asked, long now) {
        try {
            if (asked.finishConnect()) {
                onHeard(host);
            } else if (now - host.askedNanos >= within.toNanos()) {
                host.unheard++;
                end(host);
            }
        } catch (IOException failed) {
            onFailed(host, failed);
        }
    }

    private static void onHeard(Host host) {
        host.unheard = 0;
        end(host);
    }

    /** A refusal is an answer: that of a session that drains, say. What the network says, that nobody leads there, is none. */
    private static void onFailed(Host host, IOException failed) {
        host.unheard = failed instanceof ConnectException ? 0 : host.unheard + 1;
        end(host);
    }

    private static void end(Host host) {
        SocketChannel asked = host.asked;
        host.asked = null;
        if (asked != null) {
            try {
                asked.close();
            } catch (IOException goneAlready) {
                System.getLogger(LeftSessions.class.getName())
                        .log(System.Logger.Level.DEBUG, "a socket was gone before it was closed", goneAlready);
            }
        }
    }
}
