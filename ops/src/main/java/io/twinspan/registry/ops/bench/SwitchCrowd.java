package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.ReceivedData;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Subscribers of every one of some services, and a service besides that is changed all the time, by which it is seen when pushes
 * cease.
 */
final class SwitchCrowd implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BEAT = Duration.ofMillis(5);
    private static final String NAME = "com.example.bench.switch.";
    private static final String BEATEN = NAME + "beat";
    private static final int BYTES = 256;
    private static final int MOST_BEATEN = 200;

    private final SwitchLoad load;
    private final InstantSource clock;
    private final SwitchTally tally;
    private final RawClient client = new RawClient(this::onPush);
    private final Connection publishing;
    private final List<Connection> connections;
    private final LongAdder refused = new LongAdder();
    private final AtomicLong lastBeatNanos = new AtomicLong();
    private long beats;

    SwitchCrowd(Endpoint session, SwitchLoad load, InstantSource clock) {
        this.load = load;
        this.clock = clock;
        this.tally = new SwitchTally(load.subscriptions());
        this.publishing = client.connect(session);
        this.connections = client.connect(session, load.connections());
    }

    SwitchTally tally() {
        return tally;
    }

    /** Registrations that were refused or not answered. */
    long refused() {
        return refused.sum();
    }

    /** Every service has a value of this number. Returns when the session has taken them all. */
    void publish(int number) {
        CountDownLatch left = new CountDownLatch(load.services());
        for (int i = 0; i < load.services(); i++) {
            client.register(
                            publishing,
                            Messages.publisher(
                                    NAME + i, NAME + "p." + i, number, Messages.value(number, BYTES), clock.millis()))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            refused.increment();
                        }
                        left.countDown();
                    });
        }
        await(left, "the services were not published");
    }

    /** Returns when every subscription has been answered. */
    void subscribe() {
        CountDownLatch left = new CountDownLatch(connections.size());
        for (int c = 0; c < connections.size(); c++) {
            subscribe(c, c * load.services(), left);
        }
        await(left, "the subscriptions were not answered");
        for (int i = 0; i < Math.min(MOST_BEATEN, connections.size()); i++) {
            client.subscribe(
                    connections.get(i),
                    Messages.subscriber(BEATEN, BEATEN + "." + i, Scope.DATACENTER, clock.millis()));
        }
    }

    /** Changes one service all the time, so long. */
    void beat(Duration length) {
        Waiting.paced((int) (length.toNanos() / BEAT.toNanos()), length, i -> {
            beats++;
            client.register(
                            publishing,
                            Messages.publisher(
                                    BEATEN, BEATEN + ".p", beats, Messages.value(beats, BYTES), clock.millis()))
                    .whenComplete((answer, failure) -> {
                        if (failure != null) {
                            refused.increment();
                        }
                    });
        });
    }

    /** When the service that is changed all the time was pushed last, by {@link System#nanoTime}; 0 when it never was. */
    long lastBeatNanos() {
        return lastBeatNanos.get();
    }

    @Override
    public void close() {
        client.close();
    }

    /** Subscriptions of a connection, one after the other: {@code subscription / services} is whose, the rest of what. */
    private void subscribe(int connection, int subscription, CountDownLatch left) {
        if (subscription >= load.subscriptions()) {
            left.countDown();
            return;
        }
        int service = subscription % load.services();
        boolean isLastOfSubscriber = service == load.services() - 1;
        int next =
                isLastOfSubscriber ? subscription + 1 + (load.connections() - 1) * load.services() : subscription + 1;
        client.register(
                        connections.get(connection),
                        Messages.subscriber(
                                NAME + service, NAME + "s." + subscription, Scope.DATACENTER, clock.millis()))
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        refused.increment();
                    }
                    subscribe(connection, next, left);
                });
    }

    private void onPush(ReceivedData push) {
        long now = System.nanoTime();
        if (push.getDataId().equals(BEATEN)) {
            lastBeatNanos.accumulateAndGet(now, Math::max);
            return;
        }
        int number = (int) Messages.numberOf(push).orElse(0);
        for (String registration : push.getSubscriberRegistIds()) {
            tally.onShown(Integer.parseInt(registration.substring(registration.lastIndexOf('.') + 1)), number, now);
        }
    }

    private static void await(CountDownLatch left, String otherwise) {
        try {
            if (!left.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new BenchException(otherwise + " within " + PATIENCE.toSeconds() + " s", null);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", interrupted);
        }
    }
}
