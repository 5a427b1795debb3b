package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.acvip.client.ResolvedDomain;
import io.twinspan.registry.acvip.client.ResolverClient;
import io.twinspan.registry.datacenter.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Listens for clients and leads each to a session of the current answer. One thread does all of it. */
public final class Forwarder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Forwarder.class.getName());
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration FAILED_FOR = Duration.ofSeconds(5);
    private static final int BACKLOG = 512;

    private final ConnectSettings settings;
    private final ConnectSettings.Limits limits;
    private final RandomGenerator chance;
    private final ForwardTally tally = new ForwardTally();
    private final Selector selector;
    private final ServerSocketChannel door;
    private final SelectionKey doorKey;
    private final Thread thread;
    private final MovingOut moving;
    private final ThreadPoolExecutor lookups = KnownAddresses.threads();
    private final KnownAddresses addresses;
    private final LeftSessions left;
    private final Set<ForwardedStream> streams = new LinkedHashSet<>();
    private final Map<Endpoint, Long> failedUntil = new HashMap<>();
    private Targets followed = Targets.NONE;
    private long tickedNanos;
    private long waveNanos;
    private volatile Targets targets = Targets.NONE;
    private volatile boolean isClosed;

    private Forwarder(ConnectSettings settings, RandomGenerator chance, KnownAddresses.NameSource names)
            throws IOException {
        this.settings = settings;
        this.limits = settings.limits();
        this.chance = chance;
        this.moving = new MovingOut(limits.moveAfter(), limits.wavePercent());
        this.addresses = new KnownAddresses(names, lookups, limits.lookUpEvery());
        this.left = new LeftSessions(limits.askEvery(), limits.connect());
        this.selector = Selector.open();
        this.door = ServerSocketChannel.open();
        door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        door.configureBlocking(false);
        door.bind(
                new InetSocketAddress(
                        settings.listen().host(), settings.listen().port()),
                BACKLOG);
        this.doorKey = door.register(selector, SelectionKey.OP_ACCEPT);
        this.thread = new Thread(this::run, "connect");
        thread.setDaemon(true);
    }

    /**
     * Listens, and follows the domain. Names of sessions are found as this JVM finds them, which for some seconds may be from its memory
     * (security property {@code networkaddress.cache.ttl}).
     *
     * @throws UncheckedIOException naming the address when it cannot be listened on
     */
    public static Forwarder open(ConnectSettings settings, ResolverClient client, RandomGenerator chance) {
        Forwarder forwarder = open(settings, chance, InetAddress::getByName);
        client.listen(settings.domain(), forwarder::onAnswer);
        return forwarder;
    }

    /** The same that is told answers by {@link #onAnswer}. */
    static Forwarder open(ConnectSettings settings, RandomGenerator chance, KnownAddresses.NameSource names) {
        try {
            Forwarder forwarder = new Forwarder(settings, chance, names);
            forwarder.thread.start();
            return forwarder;
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot listen on " + settings.listen() + ": " + failed.getMessage(), failed);
        }
    }

    /** Where clients connect, as others on this machine reach it. */
    public Endpoint address() {
        return settings.listen();
    }

    /** What it has done. */
    public ForwardCounters counters() {
        return tally.counters();
    }

    /** Takes another answer; on any thread. An empty one says nothing. */
    void onAnswer(ResolvedDomain answer) {
        if (!answer.answer().endpoints().isEmpty()) {
            targets = Targets.of(answer.answer(), settings.proxyPort());
            selector.wakeup();
        }
    }

    /** Ends all streams. */
    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join(TICK.toMillis() * 20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // The edge of the thread: what one stream meets must not end the others.
    private void run() {
        tickedNanos = System.nanoTime();
        waveNanos = tickedNanos;
        while (!isClosed) {
            try {
                selector.select(TICK.toMillis());
                long now = System.nanoTime();
                followAnswer(now);
                handleReady(now);
                lookForSessions(now);
                if (now - tickedNanos >= TICK.toNanos()) {
                    tickedNanos = now;
                    tick(now);
                }
            } catch (IOException | RuntimeException fault) {
                LOG.log(System.Logger.Level.ERROR, "a fault in forwarding, please report it", fault);
            }
        }
        end();
    }

    private void followAnswer(long now) {
        Targets current = targets;
        if (!current.equals(followed)) {
            followed = current;
            addresses.follow(current.hosts(), now);
            moving.onAnswer(current.epoch(), current.datacenters(), current.draining(), now);
        }
    }

    private void handleReady(long now) {
        Set<SelectionKey> ready = selector.selectedKeys();
        for (SelectionKey key : ready) {
            if (key == doorKey) {
                accept(now);
            } else if (key.attachment() instanceof ForwardedStream stream) {
                handle(stream, now);
            }
        }
        ready.clear();
    }

    private void handle(ForwardedStream stream, long now) {
        try {
            stream.onReady(now).ifPresent(failed -> onFailed(failed, now));
        } catch (CancelledKeyException gone) {
            stream.close();
        }
        if (stream.isClosed()) {
            remove(stream);
        }
    }

    private void accept(long now) {
        while (streams.size() < limits.mostStreams()) {
            SocketChannel client;
            try {
                client = door.accept();
            } catch (IOException failed) {
                // Out of descriptors, most likely: those who wait are looked at again with the next tick.
                LOG.log(System.Logger.Level.WARNING, "a client could not be taken: {0}", failed.toString());
                break;
            }
            if (client == null) {
                return;
            }
            tally.accepted.increment();
            try {
                streams.add(new ForwardedStream(client, selector, limits, tally, now));
            } catch (IOException goneAlready) {
                LOG.log(System.Logger.Level.DEBUG, "a client was gone at once", goneAlready);
            }
        }
        doorKey.interestOps(0);
    }

    private void lookForSessions(long now) {
        List<ForwardedStream> looking =
                streams.stream().filter(stream -> stream.isLooking(now)).toList();
        if (!looking.isEmpty()) {
            failedUntil.values().removeIf(until -> until - now <= 0);
            for (ForwardedStream stream : looking) {
                stream.look(
                        followed.attempts(
                                load(), Set.copyOf(failedUntil.keySet()), chance, host -> addresses.find(host, now)),
                        now);
            }
        }
        tally.streams.set(streams.size());
    }

    private void tick(long now) {
        for (ForwardedStream stream : List.copyOf(streams)) {
            stream.onTick(now).ifPresent(failed -> onFailed(failed, now));
            if (stream.isClosed()) {
                remove(stream);
            }
        }
        endGone(now);
        if (now - waveNanos >= limits.waveEvery().toNanos()) {
            waveNanos = now;
            List<ForwardedStream> out = streams.stream()
                    .filter(stream -> stream.target()
                            .filter(target -> moving.isOut(target.session().datacenter()))
                            .isPresent())
                    .toList();
            boolean isSlow = streams.stream().anyMatch(stream -> stream.awaitsFirstAnswer(now));
            for (ForwardedStream stream : moving.wave(out, isSlow, now)) {
                tally.moved.increment();
                stream.close();
                remove(stream);
            }
        }
        if (streams.size() < limits.mostStreams()) {
            doorKey.interestOps(SelectionKey.OP_ACCEPT);
        }
        tally.streams.set(streams.size());
    }

    /** Their clients would wait for heartbeats that nobody answers. */
    private void endGone(long now) {
        Map<InetSocketAddress, List<ForwardedStream>> unnamed = streams.stream()
                .filter(stream -> stream.target()
                        .filter(target -> !followed.names(target.session().address()))
                        .isPresent())
                .collect(Collectors.groupingBy(
                        stream -> stream.target().orElseThrow().address()));
        for (InetSocketAddress address : left.gone(unnamed.keySet(), now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the session at {0} does not answer and is not named any more: its clients are led elsewhere",
                    address);
            for (ForwardedStream stream : unnamed.getOrDefault(address, List.of())) {
                tally.stuck.increment();
                stream.close();
                remove(stream);
            }
        }
    }

    private void onFailed(Attempt failed, long now) {
        failedUntil.put(failed.session().address(), now + FAILED_FOR.toNanos());
    }

    private Map<Endpoint, Integer> load() {
        Map<Endpoint, Integer> load = new HashMap<>();
        streams.forEach(stream ->
                stream.target().ifPresent(target -> load.merge(target.session().address(), 1, Integer::sum)));
        return load;
    }

    private void remove(ForwardedStream stream) {
        streams.remove(stream);
    }

    private void end() {
        new ArrayList<>(streams).forEach(ForwardedStream::close);
        lookups.shutdownNow();
        left.close();
        try {
            door.close();
            selector.close();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.DEBUG, "the door was closed already", failed);
        }
    }
}
