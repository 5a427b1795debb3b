package io.twinspan.registry.node.data;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import java.util.HashMap;
import java.util.Map;

/** How the datums of a slot that has not settled are shown that are not as they were when it came here. */
final class HeldBack {
    private final Map<DataInfoId, Datum> shown = new HashMap<>();

    /** What is shown of a datum. */
    Datum shown(Datum current) {
        return shown.getOrDefault(current.id(), current);
    }

    /**
     * This was minted by a leader that never settled: it may lack what an earlier one had confirmed, and yet its number is the
     * higher one. Nothing is shown of it, unless something else is known to be shown; false when that is this very version.
     */
    boolean hide(Datum datum) {
        shown.putIfAbsent(datum.id(), Datum.empty(datum.datacenter(), datum.id()));
        return !shown(datum).version().equals(datum.version());
    }

    /** A datum has changed: it is shown as it was. */
    void onChanged(Datum before) {
        shown.putIfAbsent(before.id(), before);
    }

    /**
     * Another replica holds this. What was on our disk is older than what a replica that went on holds under a higher version, and
     * is shown no more. What this node has led or followed itself is not: two leaders of a partition each have something that the
     * other lacks.
     */
    void onHeldElsewhere(Datum theirs, Datum ours, Warming.Origin origin) {
        if (origin == Warming.Origin.MEMORY) {
            return;
        }
        Datum before = shown.get(theirs.id());
        if (before == null && origin != Warming.Origin.NOWHERE) {
            before = ours;
        }
        if (before == null || theirs.version().isAfter(before.version())) {
            shown.put(theirs.id(), theirs);
        }
    }

    void clear() {
        shown.clear();
    }
}
