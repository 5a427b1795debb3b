package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.sync.fetch.Want.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** What may be asked for now: what somebody asked for, and behind it what is only kept warm. */
final class DueWants {
    private final Deque<Want> asked = new ArrayDeque<>();
    private final Deque<Want> warm = new ArrayDeque<>();

    void add(Want want) {
        want.phase = Phase.DUE;
        queue(want.isWarm).add(want);
    }

    /** The next of those somebody asked for, or of the others; there must be one. */
    Want remove(boolean isWarm) {
        return queue(isWarm).remove();
    }

    /** Somebody has asked for it by now. */
    void promote(Want want) {
        if (want.isWarm) {
            if (want.phase == Phase.DUE && warm.remove(want)) {
                asked.add(want);
            }
            want.isWarm = false;
        }
    }

    /** True when there is nothing that somebody asked for. */
    boolean isNothingAsked() {
        return asked.isEmpty();
    }

    int warmCount() {
        return warm.size();
    }

    /** Takes out what can go together with this one; what is not wanted any more is dropped on the way. */
    List<Want> withOthers(Want first, int most, Predicate<Want> isWanted, Predicate<Want> isForSameNode) {
        List<Want> together = new ArrayList<>();
        together.add(first);
        Iterator<Want> others = queue(first.isWarm).iterator();
        while (!first.isAlone && others.hasNext() && together.size() < most) {
            Want other = others.next();
            if (!isWanted.test(other)) {
                others.remove();
            } else if (!other.isAlone && isForSameNode.test(other)) {
                together.add(other);
                others.remove();
            }
        }
        return together;
    }

    /** Takes out all that are for the same node as this one. */
    List<Want> withAllOf(Want first, Predicate<Want> isForSameNode) {
        List<Want> together = new ArrayList<>();
        together.add(first);
        queue(first.isWarm).removeIf(other -> isForSameNode.test(other) && together.add(other));
        return together;
    }

    void clear() {
        asked.clear();
        warm.clear();
    }

    private Deque<Want> queue(boolean isWarm) {
        return isWarm ? warm : asked;
    }
}
