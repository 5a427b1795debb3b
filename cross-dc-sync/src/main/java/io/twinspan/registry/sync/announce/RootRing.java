package io.twinspan.registry.sync.announce;

import io.twinspan.registry.digest.AnnouncementOrder;
import io.twinspan.registry.digest.SlotRoot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a slot came to lately, by its place in the order, so that two sides can compare equal places. Not thread-safe. */
final class RootRing {
    /** How long a place is remembered. */
    static final Duration KEPT = Duration.ofSeconds(60);

    /** Most places remembered: more than a slot reaches in that time, since its changes are merged. */
    private static final int MOST = 1_024;

    private record Passed(long atNanos, SlotRoot root) {}

    private final Deque<Passed> passed = new ArrayDeque<>();

    void add(SlotRoot root, long nowNanos) {
        passed.addLast(new Passed(nowNanos, root));
        while (passed.size() > MOST || nowNanos - passed.getFirst().atNanos() > KEPT.toNanos()) {
            passed.removeFirst();
        }
    }

    /** What it came to at this place; empty when that is not known any more. */
    Optional<SlotRoot> find(AnnouncementOrder order) {
        // The newest ones are asked for.
        for (var newestFirst = passed.descendingIterator(); newestFirst.hasNext(); ) {
            SlotRoot root = newestFirst.next().root();
            if (root.order().equals(order)) {
                return Optional.of(root);
            }
        }
        return Optional.empty();
    }

    void clear() {
        passed.clear();
    }
}
