package io.twinspan.registry.ops.client;

import com.alipay.sofa.registry.client.api.model.UserData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The addresses an application would be shown, by zone.
 *
 * @param zones sorted, without empty ones
 */
public record ShownList(SortedMap<String, List<String>> zones) {
    /** Nothing is shown. */
    public static final ShownList EMPTY = new ShownList(new TreeMap<>());

    /** Copies, sorts the addresses and leaves empty zones out. */
    public ShownList {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        zones.forEach((zone, addresses) -> {
            if (!addresses.isEmpty()) {
                copy.put(zone, addresses.stream().sorted().toList());
            }
        });
        zones = copy;
    }

    static ShownList of(UserData data) {
        Map<String, List<String>> zoneData = data.getZoneData();
        return zoneData == null ? EMPTY : new ShownList(new TreeMap<>(zoneData));
    }

    /** All addresses, zone after zone. */
    public List<String> addresses() {
        return zones.values().stream().flatMap(Collection::stream).toList();
    }

    /** True when no address is shown. */
    public boolean isEmpty() {
        return zones.isEmpty();
    }

    /** The addresses of this list that the other has not, as many times as they are missing there. */
    public List<String> without(ShownList other) {
        List<String> left = new ArrayList<>(addresses());
        other.addresses().forEach(left::remove);
        return left;
    }
}
