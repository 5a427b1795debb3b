package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Publishers and subscribers that stay, and changes that come when they are due: the clock of each begins when it should have been
 * sent, so that a server that holds up the load is charged for it.
 */
final class ChurnRound implements AutoCloseable {
    /** Subscribers beyond this share connections, as those of one application do. */
    private static final int MOST_CONNECTIONS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ChurnLoad load;
    private final ServerClock server;
    private final RawClient client;
    private final String name;
    private final Filling filling;
    private final AtomicLongArray shownTo;
    private volatile Changes changes;
    private long registrationsFailed;

    /**
     * Connects, registers and subscribes.
     *
     * @param place its dataId is what the names of all services and registrations begin with
     */
    ChurnRound(PushPlace place, Scope scope, ChurnLoad load, InstantSource clock, ServerClock server) {
        this.load = load;
        this.server = server;
        this.name = place.dataId();
        this.shownTo = new AtomicLongArray(load.subscribers());
        this.changes = new Changes(load.fill().publishers(), 0);
        this.client = new RawClient(this::onPush);
        this.filling = new Filling(
                client, client.connect(place.publishAt(), load.fill().connections()), name, load.fill(), clock);
        registrationsFailed = filling.fill(server).failures();
        List<Connection> watching = client.connect(place.subscribeAt(), Math.min(load.subscribers(), MOST_CONNECTIONS));
        for (int i = 0; i < load.subscribers(); i++) {
            client.subscribe(
                    watching.get(i % watching.size()),
                    Messages.subscriber(
                            Filling.service(name, i % load.watchedServices()),
                            name + ".subscriber." + i,
                            scope,
                            clock.millis()));
        }
    }

    /** Changes for so long, and waits until all is shown, 5 s at most. */
    Measure measure(Duration length) {
        server.awaitQuiet();
        int count = (int) Math.max(1, load.changesPerSecond() * length.toMillis() / 1_000);
        Changes now = new Changes(changes.first + changes.dueAt.length(), count);
        changes = now;
        Optional<Duration> before = server.read();
        long begin = System.nanoTime();
        long expected = 0;
        for (int i = 0; i < count; i++) {
            long due = begin + i * 1_000_000_000L / load.changesPerSecond();
            Waiting.at(due);
            int service = i % load.watchedServices();
            expected += load.subscribersOf(service);
            now.dueAt.set(i, due);
            filling.change(publisher(service, i), now.first + i, now.refused::incrementAndGet);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (now.latencies.count() < expected && System.nanoTime() < end) {
            Waiting.at(System.nanoTime() + 1_000_000);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        long shown = now.latencies.count();
        long failures = expected - shown + now.refused.get() + registrationsFailed;
        registrationsFailed = 0;
        return new Measure(shown, failures, elapsed, server.since(before), now.latencies);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Another one of the service's each time. */
    private int publisher(int service, int change) {
        int of = Math.min(FillLoad.OF_SERVICE, load.fill().publishers() - service * FillLoad.OF_SERVICE);
        return service * FillLoad.OF_SERVICE + change / load.watchedServices() % of;
    }

    private void onPush(ReceivedData push) {
        long now = System.nanoTime();
        Messages.numberOf(push)
                .ifPresent(number -> push.getSubscriberRegistIds().forEach(id -> {
                    int subscriber = Integer.parseInt(id.substring(name.length() + ".subscriber.".length()));
                    long before = shownTo.getAndAccumulate(subscriber, number, Math::max);
                    Changes current = changes;
                    // A change that a later one of the same service has overtaken is shown by that one.
                    for (long each = number; each > before && each >= current.first; each -= load.watchedServices()) {
                        current.latencies.record(now - current.dueAt.get((int) (each - current.first)));
                    }
                }));
    }

    /** The changes of one round, numbered from the first. */
    private static final class Changes {
        private final long first;
        private final AtomicLongArray dueAt;
        private final LatencyHistogram latencies = new LatencyHistogram();
        private final AtomicLong refused = new AtomicLong();

        Changes(long first, int count) {
            this.first = first;
            this.dueAt = new AtomicLongArray(count);
        }
    }
}
