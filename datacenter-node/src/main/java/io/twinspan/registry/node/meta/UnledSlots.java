package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds slots that nobody leads although their leader is heard: it gave way to one that led by rank, and that one was restarted and
 * remembers nothing. Neither of the two would lead again under this term. Pure.
 */
final class UnledSlots {
    private record Unled(LeaderEpoch epoch, long sinceNanos) {}

    private final long patienceNanos;
    private final Map<SlotId, Unled> seen = new HashMap<>();

    /** @param patienceNanos how long nobody may say that it leads a slot; several renewals of a lease */
    UnledSlots(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** Patience begins anew. */
    void forget() {
        seen.clear();
    }

    /**
     * The slots that nobody has led for longer than the patience.
     *
     * @param reports last words of all data nodes
     * @param isHeard the data nodes that are there and fit to lead
     */
    Set<SlotId> look(SlotTable table, Collection<List<SlotReport>> reports, Predicate<NodeId> isHeard, long nowNanos) {
        Map<SlotId, Long> terms = new HashMap<>();
        reports.forEach(each ->
                each.forEach(report -> terms.merge(report.slot(), report.epoch().term(), Math::max)));
        Set<SlotId> unled = new HashSet<>();
        for (Slot slot : table.slots()) {
            Long term = terms.get(slot.id());
            boolean isLed = term != null && term >= slot.epoch().term();
            if (isLed || !isHeard.test(slot.leader())) {
                seen.remove(slot.id());
                continue;
            }
            Unled before = seen.get(slot.id());
            if (before == null || !before.epoch().equals(slot.epoch())) {
                seen.put(slot.id(), new Unled(slot.epoch(), nowNanos));
            } else if (nowNanos - before.sinceNanos() >= patienceNanos) {
                unled.add(slot.id());
            }
        }
        return unled;
    }
}
