package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where hosts are, as it was found last. Names are looked up on threads of their own, because that may take long or for ever: meanwhile,
 * and when nothing is found, the last address stands. A name is looked up anew when it is needed and its last look is some time ago,
 * never twice at once. Belongs to the forwarder's thread.
 */
final class KnownAddresses {
    private static final System.Logger LOG = System.getLogger(KnownAddresses.class.getName());

    /** Names that are looked up at one time; one that hangs holds up no other before so many do. */
    private static final int MOST_AT_ONCE = 16;

    private static final int MOST_WAITING = 1_000;

    /** The system's way to look a name up. May take long; called on any thread. */
    interface NameSource {
        InetAddress find(String name) throws UnknownHostException;
    }

    private static final class Host {
        private volatile @Nullable InetAddress address;
        private volatile boolean isAsked;
        private volatile boolean isFollowed = true;
        private boolean isMissing;
        private long askedNanos;
    }

    private final NameSource names;
    private final Executor lookups;
    private final long everyNanos;
    private final Map<String, Host> hosts = new HashMap<>();

    /**
     * @param lookups on whose threads names are looked up; may refuse
     * @param every not more often is the same name looked up
     */
    KnownAddresses(NameSource names, Executor lookups, Duration every) {
        this.names = names;
        this.lookups = lookups;
        this.everyNanos = every.toNanos();
    }

    /** Threads for lookups; there are none while nothing is looked up. */
    static ThreadPoolExecutor threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MOST_AT_ONCE, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "connect-lookups");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** These are the hosts from now on: new ones are looked up at once, others are forgotten. */
    void follow(Set<String> newer, long now) {
        hosts.forEach((name, host) -> host.isFollowed = newer.contains(name));
        hosts.keySet().retainAll(newer);
        for (String name : newer) {
            if (!hosts.containsKey(name) && !AddressRule.isLiteral(name)) {
                Host host = new Host();
                host.askedNanos = now - everyNanos;
                hosts.put(name, host);
                find(name, now);
            }
        }
    }

    /** The address that was found last; empty when none was, or the host is not followed. */
    Optional<InetAddress> find(String name, long now) {
        Host host = hosts.get(name);
        if (host == null) {
            return literal(name);
        }
        if (!host.isAsked && now - host.askedNanos >= everyNanos) {
            host.isAsked = true;
            host.askedNanos = now;
            try {
                lookups.execute(() -> lookUp(name, host));
            } catch (RejectedExecutionException tooMany) {
                host.isAsked = false;
            }
        }
        return Optional.ofNullable(host.address);
    }

    private void lookUp(String name, Host host) {
        try {
            if (host.isFollowed) {
                host.address = names.find(name);
                host.isMissing = false;
            }
        } catch (UnknownHostException notNow) {
            if (host.address == null && !host.isMissing) {
                host.isMissing = true;
                LOG.log(
                        System.Logger.Level.WARNING,
                        "nobody knows where {0} is; no client is led there until it is found",
                        name);
            }
        } finally {
            host.isAsked = false;
        }
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return AddressRule.isLiteral(host) ? Optional.of(InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException impossible) {
            return Optional.empty();
        }
    }
}
