package io.twinspan.registry.ops.bench;

import com.alipay.remoting.Connection;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends registrations for a while: every place in flight goes round its own hundred services, so that a server holds no more than
 * connections × in flight × 100 of them, and sends the next when the last is answered.
 */
final class PublishRound {
    private static final int SERVICES_OF_PLACE = 100;

    /** A server that refuses is found out soon and not hammered. */
    private static final int FAILURES_OF_PLACE = 10;

    private final String run;
    private final InstantSource clock;

    /** @param run makes names of services differ from those of other runs */
    PublishRound(String run, InstantSource clock) {
        this.run = run;
        this.clock = clock;
    }

    /** @throws BenchException when no connection is made, or nothing at all succeeds */
    Measure measure(Endpoint bolt, PublishLoad load, Duration length, ServerClock server) {
        Tally tally = new Tally(load.connections() * load.inFlight());
        try (RawClient client = new RawClient(push -> {})) {
            Connection[] connections = new Connection[load.connections()];
            for (int i = 0; i < connections.length; i++) {
                connections[i] = client.connect(bolt);
            }
            Optional<Duration> before = server.read();
            long begin = System.nanoTime();
            long end = begin + length.toNanos();
            for (int i = 0; i < connections.length; i++) {
                for (int j = 0; j < load.inFlight(); j++) {
                    new Place(client, connections[i], run + "." + i + "." + j, load.bytes(), end, tally).next();
                }
            }
            tally.await(length);
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            long failures = tally.failures.get();
            long operations = tally.latencies.count();
            if (operations == 0) {
                throw new BenchException(
                        "no registration at " + bolt + " succeeded in " + length.toSeconds() + " s", tally.cause.get());
            }
            return new Measure(operations, failures, elapsed, server.since(before), tally.latencies);
        }
    }

    /** What all places count together. */
    private static final class Tally {
        private final LatencyHistogram latencies = new LatencyHistogram();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();
        private final CountDownLatch working;

        Tally(int places) {
            this.working = new CountDownLatch(places);
        }

        /** Every place ends by itself: its last answer comes or times out. */
        void await(Duration length) {
            try {
                if (!working.await(length.toMillis() + 2L * RawClient.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new BenchException("answers neither came nor timed out", cause.get());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interrupted);
            }
        }
    }

    /** One registration in flight. Touched by one thread at a time: the one that has the last answer. */
    private final class Place {
        private final RawClient client;
        private final Connection connection;
        private final String name;
        private final int bytes;
        private final long end;
        private final Tally tally;
        private long sent;
        private int failed;

        Place(RawClient client, Connection connection, String name, int bytes, long end, Tally tally) {
            this.client = client;
            this.connection = connection;
            this.name = name;
            this.bytes = bytes;
            this.end = end;
            this.tally = tally;
        }

        void next() {
            long begin = System.nanoTime();
            if (begin >= end || failed >= FAILURES_OF_PLACE) {
                tally.working.countDown();
                return;
            }
            String service = "com.example.bench." + name + "." + sent % SERVICES_OF_PLACE;
            long version = 1 + sent / SERVICES_OF_PLACE;
            String value = Messages.value(sent, bytes);
            sent++;
            client.register(connection, Messages.publisher(service, service, version, value, clock.millis()))
                    .whenComplete((answer, failure) -> onAnswer(begin, answer, failure));
        }

        private void onAnswer(long begin, @Nullable RegisterResponse answer, @Nullable Throwable failure) {
            if (answer == null) {
                failed++;
                tally.failures.incrementAndGet();
                tally.cause.compareAndSet(null, failure);
            } else {
                tally.latencies.record(System.nanoTime() - begin);
            }
            next();
        }
    }
}
