package io.twinspan.registry.sync.announce;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.digest.DigestEntry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Holds back that services of a peer have become empty when too many do at once: more likely its registry has lost them than its
 * applications have all gone. What is held is not acted on until an operator releases it, or the peer's leader, asked about one
 * of them, says so itself.
 */
final class ShrinkWatch {
    private record Emptied(long atNanos, int services) {}

    private final Duration window;
    private final int mostPercent;
    private final int leastServices;
    private final Deque<Emptied> emptied = new ArrayDeque<>();
    private final Map<DataInfoId, DigestEntry> held = new LinkedHashMap<>();
    private int inWindow;

    /**
     * @param window in which they are counted
     * @param mostPercent of the services with publishers that may become empty in it
     * @param leastServices fewer than this are never held
     */
    ShrinkWatch(Duration window, int mostPercent, int leastServices) {
        this.window = window;
        this.mostPercent = mostPercent;
        this.leastServices = leastServices;
    }

    /**
     * Looks at what one announcement changes.
     *
     * @param left services of the peer that have publishers after it
     * @return what is to be acted on
     */
    List<DigestEntry> screen(List<Turn> turns, int left, long nowNanos) {
        int emptying = (int) turns.stream().filter(Turn::isEmptying).count();
        while (!emptied.isEmpty() && nowNanos - emptied.getFirst().atNanos() > window.toNanos()) {
            inWindow -= emptied.removeFirst().services();
        }
        if (emptying > 0) {
            emptied.addLast(new Emptied(nowNanos, emptying));
            inWindow += emptying;
        }
        boolean isTooMany = inWindow >= leastServices && inWindow * 100L > (long) mostPercent * (left + inWindow);
        List<DigestEntry> passing = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            DigestEntry now = turn.now();
            boolean isStillHeld = now.count() == 0 && held.containsKey(now.id());
            if (isStillHeld || (isTooMany && turn.isEmptying())) {
                held.put(now.id(), now);
            } else {
                held.remove(now.id());
                passing.add(now);
            }
        }
        return passing;
    }

    boolean isHeld(DataInfoId id) {
        return held.containsKey(id);
    }

    /** The peer's leader has answered for this one. */
    void onAnswered(DataInfoId id) {
        held.remove(id);
    }

    List<DigestEntry> all() {
        return List.copyOf(held.values());
    }

    int held(Predicate<DataInfoId> isCounted) {
        int counted = 0;
        for (DataInfoId id : held.keySet()) {
            counted += isCounted.test(id) ? 1 : 0;
        }
        return counted;
    }

    /** An operator believes it: returns what was held, to be acted on now. */
    List<DigestEntry> release() {
        List<DigestEntry> released = List.copyOf(held.values());
        held.clear();
        emptied.clear();
        inWindow = 0;
        return released;
    }
}
