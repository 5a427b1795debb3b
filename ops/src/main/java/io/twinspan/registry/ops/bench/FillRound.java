package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Registers many publishers on fresh connections, and clocks when a subscriber is shown the last of them. */
final class FillRound {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What came of it.
     *
     * @param visible from the last acknowledgement until a subscriber was shown all that were acknowledged last; empty when nobody
     *     subscribed
     */
    record Filled(Measure measure, Optional<Duration> visible) {}

    private final String run;
    private final InstantSource clock;
    private int number;

    /** @param run makes names of services differ from those of other runs */
    FillRound(String run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
    }

    /** @param isWatched to subscribe to the services that are filled last */
    Filled measure(Endpoint bolt, FillLoad load, boolean isWatched, ServerClock server) {
        String name = run + "." + number++;
        Last last = new Last(load);
        try (RawClient client = new RawClient(last::onPush)) {
            List<Connection> connections = client.connect(bolt, load.connections());
            if (isWatched) {
                Connection watching = client.connect(bolt);
                for (int i = last.firstService(); i < load.services(); i++) {
                    String service = Filling.service(name, i);
                    client.subscribe(watching, Messages.subscriber(service, service, Scope.DATACENTER, clock.millis()));
                }
            }
            server.awaitQuiet();
            Filling filling = new Filling(client, connections, name, load, clock);
            Measure measure = filling.fill(server);
            long answered = System.nanoTime();
            Filled filled = new Filled(measure, isWatched ? Optional.of(last.await(answered)) : Optional.empty());
            if (isWatched) {
                filling.takeBack(server);
            }
            return filled;
        } finally {
            // What the server still has to do is not to be counted with what is measured next.
            server.awaitQuiet();
        }
    }

    /** The publishers that are in flight at the end: one of each place. */
    private static final class Last {
        private final FillLoad load;
        private final AtomicLongArray isShown;
        private final CountDownLatch missing;
        private final AtomicLong shownAt = new AtomicLong();

        Last(FillLoad load) {
            this.load = load;
            this.isShown = new AtomicLongArray(load.places());
            this.missing = new CountDownLatch(load.places());
        }

        int first() {
            return load.publishers() - load.places();
        }

        int firstService() {
            return first() / FillLoad.OF_SERVICE;
        }

        void onPush(ReceivedData push) {
            long now = System.nanoTime();
            Messages.numbersOf(push).filter(number -> number >= first()).forEach(number -> {
                if (isShown.compareAndSet((int) number - first(), 0, 1)) {
                    shownAt.accumulateAndGet(now, (a, b) -> a == 0 ? b : Math.max(a, b));
                    missing.countDown();
                }
            });
        }

        Duration await(long answered) {
            try {
                if (!missing.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new BenchException(
                            missing.getCount() + " of the last " + load.places()
                                    + " registrations were not shown to a subscriber within "
                                    + PATIENCE.toSeconds() + " s",
                            null);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interrupted);
            }
            return Duration.ofNanos(Math.max(0, shownAt.get() - answered));
        }
    }
}
