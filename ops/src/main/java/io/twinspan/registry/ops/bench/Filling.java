package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Registers many publishers, each once, as fast as they are answered. Publisher k belongs to service k / 10 unless said, comes by connection
 * k modulo their number, and has a value of number k. The publishers live as long as the connections.
 */
final class Filling {
    /** Twice what the slowest registry is known to take for one. */
    private static final Duration PATIENCE_FOR_EACH = Duration.ofMillis(1);

    /** A server that refuses is found out soon and not hammered. */
    private static final int FAILURES_OF_PLACE = 10;

    private final RawClient client;
    private final List<Connection> connections;
    private final Names names;
    private final FillLoad load;
    private final InstantSource clock;

    /**
     * How publishers are told from one another.
     *
     * @param registrations what their registrations begin with
     * @param serviceOf the service that a publisher of a number belongs to
     */
    record Names(String registrations, IntFunction<String> serviceOf) {}

    /** @param name makes names of services differ from those of other runs */
    Filling(RawClient client, List<Connection> connections, String name, FillLoad load, InstantSource clock) {
        this(client, connections, new Names(name, k -> service(name, k / FillLoad.OF_SERVICE)), load, clock);
    }

    Filling(RawClient client, List<Connection> connections, Names names, FillLoad load, InstantSource clock) {
        this.client = client;
        this.connections = connections;
        this.names = names;
        this.load = load;
        this.clock = clock;
    }

    static String service(String name, int number) {
        return "com.example.bench." + name + "." + number;
    }

    /** @throws BenchException when nothing at all succeeds, or answers stay out */
    Measure fill(ServerClock server) {
        return new Pass(k -> send(k, 1, k)).run(server);
    }

    /**
     * Takes every publisher back, as clients do that stop in order: what is left to connections that close may stay for a while.
     *
     * @throws BenchException when nothing at all succeeds, or answers stay out
     */
    void takeBack(ServerClock server) {
        new Pass(this::sendTakenBack).run(server);
    }

    /** Sends publisher {@code k} with a value of another number. */
    void change(int k, long number, Runnable onRefused) {
        send(k, number, number).whenComplete((answer, failure) -> {
            if (failure != null) {
                onRefused.run();
            }
        });
    }

    private CompletableFuture<RegisterResponse> send(int k, long version, long number) {
        return client.register(
                connection(k),
                Messages.publisher(
                        names.serviceOf().apply(k),
                        registration(k),
                        version,
                        Messages.value(number, load.bytes()),
                        clock.millis()));
    }

    private CompletableFuture<RegisterResponse> sendTakenBack(int k) {
        return client.register(
                connection(k), Messages.takenBack(names.serviceOf().apply(k), registration(k), 2, clock.millis()));
    }

    private String registration(int k) {
        return names.registrations() + "." + k;
    }

    private Connection connection(int k) {
        return connections.get(k % connections.size());
    }

    /** One message for each publisher, as fast as they are answered. */
    private final class Pass {
        private final IntFunction<CompletableFuture<RegisterResponse>> message;
        private final LatencyHistogram latencies = new LatencyHistogram();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();
        private final CountDownLatch working = new CountDownLatch(load.places());

        Pass(IntFunction<CompletableFuture<RegisterResponse>> message) {
            this.message = message;
        }

        Measure run(ServerClock server) {
            Optional<Duration> before = server.read();
            long begin = System.nanoTime();
            for (int i = 0; i < load.places(); i++) {
                new Place(this, i).next();
            }
            await();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            if (latencies.count() == 0) {
                throw new BenchException("no registration succeeded", cause.get());
            }
            return new Measure(latencies.count(), failures.get(), elapsed, server.since(before), latencies);
        }

        private void await() {
            long millis = PATIENCE_FOR_EACH.toMillis() * load.publishers() + 2L * RawClient.TIMEOUT_MILLIS;
            try {
                if (!working.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new BenchException(
                            latencies.count() + " of " + load.publishers() + " registrations were answered in "
                                    + millis / 1_000 + " s",
                            cause.get());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interrupted);
            }
        }
    }

    /** One message in flight. Touched by one thread at a time: the one that has the last answer. */
    private final class Place {
        private final Pass pass;
        private int next;
        private int failed;

        Place(Pass pass, int first) {
            this.pass = pass;
            this.next = first;
        }

        void next() {
            if (next >= load.publishers() || failed >= FAILURES_OF_PLACE) {
                pass.working.countDown();
                return;
            }
            int k = next;
            next += load.places();
            long begin = System.nanoTime();
            pass.message.apply(k).whenComplete((answer, failure) -> {
                if (failure == null) {
                    pass.latencies.record(System.nanoTime() - begin);
                } else {
                    failed++;
                    pass.failures.incrementAndGet();
                    pass.cause.compareAndSet(null, failure);
                }
                next();
            });
        }
    }
}
