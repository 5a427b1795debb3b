package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.node.session.SegmentPush;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an official client does with pushes, literally: a segment is replaced only by a strictly higher number, anything else is
 * ignored and still answered with success; the application is shown the union of all segments.
 */
final class SimulatedClient {
    private record Segment(long version, Map<String, List<String>> zones) {}

    private final Map<String, Map<DatacenterId, Segment>> segments = new HashMap<>();
    private final List<TreeSet<String>> history = new ArrayList<>();
    private int ignored;

    void onPush(SegmentPush push) {
        for (String registId : push.registIds()) {
            Map<DatacenterId, Segment> mine = segments.computeIfAbsent(registId, id -> new TreeMap<>());
            Segment known = mine.get(push.segment());
            if (known == null || push.wireVersion() > known.version()) {
                mine.put(push.segment(), new Segment(push.wireVersion(), push.addressesByZone()));
            } else {
                ignored++;
            }
            history.add(shown(registId));
        }
    }

    TreeSet<String> shown(String registId) {
        TreeSet<String> union = new TreeSet<>();
        segments.getOrDefault(registId, Map.of())
                .values()
                .forEach(segment -> segment.zones().values().forEach(union::addAll));
        return union;
    }

    boolean wasPushed(String registId) {
        return segments.containsKey(registId);
    }

    /** What the application was shown, push by push, of all subscribers together. */
    List<TreeSet<String>> history() {
        return history;
    }

    int ignored() {
        return ignored;
    }
}
