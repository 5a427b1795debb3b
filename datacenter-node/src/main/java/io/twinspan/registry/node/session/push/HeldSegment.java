package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.subscription.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the session holds of one service in one datacenter. The maps that go to clients are made once and are the same object for
 * every push of this content, so that what they are encoded to can be shared.
 */
final class HeldSegment {
    private final Datum datum;
    private final String zone;
    private @Nullable Map<String, List<String>> whole;
    private @Nullable Map<String, List<String>> zoned;

    HeldSegment(Datum datum, String zone) {
        this.datum = datum;
        this.zone = zone;
    }

    Datum datum() {
        return datum;
    }

    DatumVersion version() {
        return datum.version();
    }

    /** The addresses that a part of this segment consists of, by zone. */
    Map<String, List<String>> addresses(View.Part part) {
        return switch (part) {
            case WHOLE -> whole();
            case ZONE -> zoned();
            case EMPTIED -> Map.of();
        };
    }

    /** Number of addresses in a part. */
    int count(View.Part part) {
        int sum = 0;
        for (List<String> each : addresses(part).values()) {
            sum += each.size();
        }
        return sum;
    }

    private Map<String, List<String>> whole() {
        Map<String, List<String>> made = whole;
        if (made == null) {
            made = collect(false);
            whole = made;
        }
        return made;
    }

    private Map<String, List<String>> zoned() {
        Map<String, List<String>> made = zoned;
        if (made == null) {
            made = collect(true);
            zoned = made;
        }
        return made;
    }

    private Map<String, List<String>> collect(boolean isZoneOnly) {
        Map<String, List<String>> byZone = new TreeMap<>();
        for (Publisher each : datum.publishers()) {
            if (!each.addresses().isEmpty() && (!isZoneOnly || each.zone().equalsIgnoreCase(zone))) {
                byZone.computeIfAbsent(each.zone(), key -> new ArrayList<>()).addAll(each.addresses());
            }
        }
        byZone.replaceAll((key, list) -> List.copyOf(list));
        return Collections.unmodifiableMap(byZone);
    }
}
