package io.twinspan.registry.node.data;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * How much went from each of some things within a sliding window, and how much there was before. Time is cut into twelfths of the
 * window, so that what is kept of one thing is bounded; things that lost nothing lately are forgotten. Pure.
 */
final class RemovalWindow<K> {
    private static final int PARTS = 12;

    /** What went in one part of the window; {@code before} is what was there when that part began to lose. */
    private record Part(long startNanos, int before, int removed) {}

    private final long windowNanos;
    private final Map<K, Deque<Part>> parts = new HashMap<>();

    RemovalWindow(Duration window) {
        this.windowNanos = window.toNanos();
    }

    int removed(K thing, long nowNanos) {
        int sum = 0;
        for (Part part : lately(thing, nowNanos)) {
            sum += part.removed();
        }
        return sum;
    }

    /** What was there before the first removal in the window; {@code present} when there was none. */
    int before(K thing, int present, long nowNanos) {
        Part oldest = lately(thing, nowNanos).peekFirst();
        return oldest == null ? present : oldest.before();
    }

    /** @param present what was there just before */
    void add(K thing, int removed, int present, long nowNanos) {
        Deque<Part> own = parts.computeIfAbsent(thing, ignored -> new ArrayDeque<>());
        Part last = own.peekLast();
        if (last != null && nowNanos - last.startNanos() < windowNanos / PARTS) {
            own.removeLast();
            own.addLast(new Part(last.startNanos(), last.before(), last.removed() + removed));
        } else {
            own.addLast(new Part(nowNanos, present, removed));
        }
    }

    void forgetOld(long nowNanos) {
        parts.keySet().forEach(thing -> lately(thing, nowNanos));
        parts.values().removeIf(Deque::isEmpty);
    }

    private Deque<Part> lately(K thing, long nowNanos) {
        Deque<Part> own = parts.get(thing);
        if (own == null) {
            return new ArrayDeque<>(0);
        }
        while (!own.isEmpty() && nowNanos - own.getFirst().startNanos() >= windowNanos) {
            own.removeFirst();
        }
        return own;
    }
}
