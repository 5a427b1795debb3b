package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Makes one change after the other on a line and clocks when each subscriber is shown it. */
final class PushRound implements PushLine.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MISSED_IN_A_ROW = 3;

    private final int subscribers;
    private volatile Change change;
    private final AtomicLong refused = new AtomicLong();
    private long lastNumber;

    PushRound(int subscribers) {
        this.subscribers = subscribers;
        this.change = new Change(0, 0, subscribers);
    }

    @Override
    public void shown(int subscriber, long number) {
        change.shown(subscriber, number, System.nanoTime());
    }

    @Override
    public void refused() {
        refused.incrementAndGet();
    }

    /** @throws BenchException when three changes in a row are not shown within 5 s each */
    Measure measure(PushLine line, PushLoad load, ServerClock server) {
        LatencyHistogram latencies = new LatencyHistogram();
        long failures = 0;
        refused.set(0);
        int missedInARow = 0;
        Optional<Duration> before = server.read();
        long begin = System.nanoTime();
        for (int i = 0; i < load.changes(); i++) {
            lastNumber++;
            Change next = new Change(lastNumber, System.nanoTime(), subscribers);
            change = next;
            line.publish(lastNumber);
            boolean isComplete = next.await(PATIENCE);
            next.addTo(latencies);
            failures += next.missing();
            missedInARow = isComplete ? 0 : missedInARow + 1;
            if (missedInARow == MISSED_IN_A_ROW) {
                throw new BenchException(
                        MISSED_IN_A_ROW + " changes in a row were not shown to every subscriber within "
                                + PATIENCE.toSeconds() + " s; " + latencies.count() + " had been before",
                        null);
            }
            // The pause between two changes is what makes the load an idle one.
            Waiting.pause(Duration.ofMillis(load.pauseMillis()));
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        return new Measure(latencies.count(), failures + refused.get(), elapsed, server.since(before), latencies);
    }

    /** One change and when each subscriber was first shown it. */
    private static final class Change {
        private final long number;
        private final long begin;
        private final long[] shownAt;
        private final CountDownLatch missing;

        Change(long number, long begin, int subscribers) {
            this.number = number;
            this.begin = begin;
            this.shownAt = new long[subscribers];
            this.missing = new CountDownLatch(subscribers);
        }

        void shown(int subscriber, long shownNumber, long now) {
            if (shownNumber < number) {
                return;
            }
            synchronized (shownAt) { // The same subscriber may be shown a change twice at once.
                if (shownAt[subscriber] == 0) {
                    shownAt[subscriber] = Math.max(1, now - begin);
                    missing.countDown();
                }
            }
        }

        boolean await(Duration patience) {
            try {
                return missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new BenchException("interrupted", interrupted);
            }
        }

        long missing() {
            return missing.getCount();
        }

        void addTo(LatencyHistogram latencies) {
            synchronized (shownAt) {
                for (long nanos : shownAt) {
                    if (nanos > 0) {
                        latencies.record(nanos);
                    }
                }
            }
        }
    }
}
