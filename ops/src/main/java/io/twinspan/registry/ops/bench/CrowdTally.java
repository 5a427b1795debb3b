package io.twinspan.registry.ops.bench;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What a crowd of clients has met with since it was last told to forget. Any thread. */
final class CrowdTally {
    private static final int MOST_TEXTS = 5;

    private final AtomicLong unconnectedNanos = new AtomicLong();
    private final AtomicLong unregisteredNanos = new AtomicLong();
    private final LongAdder moves = new LongAdder();
    private final LongAdder lists = new LongAdder();
    private final LongAdder losses = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger told = new AtomicInteger();
    private final Queue<String> texts = new ConcurrentLinkedQueue<>();

    void onConnectedAgain(long nanos) {
        moves.increment();
        unconnectedNanos.accumulateAndGet(nanos, Math::max);
    }

    void onRegisteredAgain(long nanos) {
        unregisteredNanos.accumulateAndGet(nanos, Math::max);
    }

    void onRefused() {
        refused.increment();
    }

    /** @param missing publishers that live and are not in this list, though the subscriber had been shown them */
    void onList(long missing, String push) {
        lists.increment();
        if (missing != 0) {
            losses.add(Long.bitCount(missing));
            if (told.incrementAndGet() <= MOST_TEXTS) {
                texts.add(push);
            }
        }
    }

    void forget() {
        unconnectedNanos.set(0);
        unregisteredNanos.set(0);
        moves.reset();
        lists.reset();
        losses.reset();
        refused.reset();
        told.set(0);
        texts.clear();
    }

    /** The longest time that a client had no connection. */
    Duration unconnected() {
        return Duration.ofNanos(unconnectedNanos.get());
    }

    /** The longest time from losing a connection until everything was registered again by another. */
    Duration unregistered() {
        return Duration.ofNanos(unregisteredNanos.get());
    }

    /** How often a client has connected again. */
    long moves() {
        return moves.sum();
    }

    /** Lists that were shown. */
    long lists() {
        return lists.sum();
    }

    /** How often a live publisher was missing from a list. */
    long losses() {
        return losses.sum();
    }

    /** Registrations that were refused or not answered in time, and sent again. */
    long refused() {
        return refused.sum();
    }

    /** The first pushes after which a live publisher was missing. */
    List<String> firstLosses() {
        return List.copyOf(texts);
    }
}
