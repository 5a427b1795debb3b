package io.twinspan.registry.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * Hands values over to an event loop without ever waiting for it. Of one key only the newest value waits, so a loop that is
 * behind is bounded by the number of keys; at most one task of a mailbox waits in the loop.
 */
final class Mailbox<K, V> {
    private final Executor loop;
    private final BinaryOperator<V> newer;
    private final Consumer<Map<K, V>> reader;
    private final Map<K, V> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    Mailbox(Executor loop, BinaryOperator<V> newer, Consumer<Map<K, V>> reader) {
        this.loop = loop;
        this.newer = newer;
        this.reader = reader;
    }

    /** Any thread. */
    void put(K key, V value) {
        waiting.merge(key, value, newer);
        if (isScheduled.compareAndSet(false, true)) {
            loop.execute(this::read);
        }
    }

    private void read() {
        // Cleared first: whatever is put from here on is either seen below or schedules the next reading.
        isScheduled.set(false);
        Map<K, V> taken = new HashMap<>();
        for (K key : List.copyOf(waiting.keySet())) {
            V value = waiting.remove(key);
            if (value != null) {
                taken.put(key, value);
            }
        }
        reader.accept(taken);
    }
}
