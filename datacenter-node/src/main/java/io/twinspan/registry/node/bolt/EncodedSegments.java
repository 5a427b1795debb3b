package io.twinspan.registry.node.bolt;

import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The addresses that were pushed last, encoded. The session hands in the same map for every push of one content, so a map is
 * known by what it is and not by what it holds; it must not change. Bounded by number and bytes, the oldest goes first. The lock
 * guards both maps; encoding happens under it, so that nothing is encoded twice.
 */
final class EncodedSegments {
    /**
     * How much is kept.
     *
     * @param segments at most
     * @param bytes of all together; one that is larger is encoded for each push
     */
    record Limits(int segments, int bytes) {
        static Limits standard() {
            return new Limits(256, 16 << 20);
        }
    }

    private final Limits limits;
    private final IdentityHashMap<Map<String, List<String>>, Long> numbers = new IdentityHashMap<>();
    private final Map<Long, Kept> byAge = new LinkedHashMap<>();
    private long made;
    private int bytes;

    EncodedSegments(Limits limits) {
        this.limits = limits;
    }

    private record Kept(Map<String, List<String>> addresses, SharedBoxes boxes) {}

    synchronized SharedBoxes of(Map<String, List<String>> addresses) {
        Long number = numbers.get(addresses);
        Kept kept = number == null ? null : byAge.get(number);
        if (kept != null) {
            return kept.boxes();
        }
        SharedBoxes boxes = new SharedBoxes(addresses);
        if (boxes.weight() <= limits.bytes()) {
            made++;
            numbers.put(addresses, made);
            byAge.put(made, new Kept(addresses, boxes));
            bytes += boxes.weight();
            shrink();
        }
        return boxes;
    }

    synchronized int count() {
        return byAge.size();
    }

    /** Contents that were encoded to be kept, since the start. */
    synchronized long made() {
        return made;
    }

    private void shrink() {
        Iterator<Kept> oldest = byAge.values().iterator();
        while (byAge.size() > limits.segments() || bytes > limits.bytes()) {
            Kept gone = oldest.next();
            oldest.remove();
            numbers.remove(gone.addresses());
            bytes -= gone.boxes().weight();
        }
    }
}
