package io.twinspan.registry.it.simulation;

import io.twinspan.registry.simulation.ManualClock;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which invariants were checked, with something to check, while which of the faults between datacenters was active. */
final class Coverage {
    private final ManualClock time;
    private final Map<FarFault, Long> activeUntil = new EnumMap<>(FarFault.class);
    private final Map<FarFault, SortedSet<String>> met = new EnumMap<>(FarFault.class);
    private final Set<FarFault> happened = EnumSet.noneOf(FarFault.class);

    Coverage(ManualClock time) {
        this.time = time;
    }

    /** The fault is active from now on, until then. */
    void active(FarFault fault, long untilNanos) {
        activeUntil.merge(fault, untilNanos, Math::max);
        happened.add(fault);
    }

    /** This invariant was looked at, and there was something that could have broken it. */
    void checked(String invariant) {
        activeUntil.forEach((fault, until) -> {
            if (until >= time.nanos()) {
                met(fault, invariant);
            }
        });
    }

    /** As {@link #checked}, by a check of what the faults have left behind. */
    void checkedAfter(String invariant) {
        happened.forEach(fault -> met(fault, invariant));
    }

    /** The invariants by the faults that were active. */
    Map<FarFault, SortedSet<String>> met() {
        return met;
    }

    private void met(FarFault fault, String invariant) {
        met.computeIfAbsent(fault, none -> new TreeSet<>()).add(invariant);
    }
}
