package io.twinspan.registry.subscription;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a subscriber is shown of a service: every known datacenter's segment, and which part of it. Clients keep what they were
 * told by segment and show the union, so a segment that must not be seen is in the view too, as {@link Part#EMPTIED}. A view
 * without any part is undecided: nothing is shown and, just as important, nothing is emptied.
 *
 * @param parts the own datacenter first, then the others by name
 */
public record View(Map<DatacenterId, Part> parts) {
    /** How a segment is shown. */
    public enum Part {
        /** All its addresses. */
        WHOLE,
        /** Its addresses in the session's zone. */
        ZONE,
        /** None of its addresses, whatever they are. */
        EMPTIED
    }

    private static final Set<Part> SHOWN = EnumSet.of(Part.WHOLE, Part.ZONE);

    /** Nothing can be decided. */
    public static final View UNDECIDED = new View(Map.of());

    /** Keeps the order of the parts. */
    public View {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /**
     * The rule own-first: own providers, and the peers' only when too few own ones are left. Without it every consumer of scope
     * global, which all of SOFA-RPC is, would spread its calls over all datacenters.
     *
     * @param threshold peers are shown to scope global when own has fewer addresses than this; at least 1
     * @param peers the other datacenters of the federation
     */
    public static View decide(Scope scope, OwnSegment own, int threshold, Collection<DatacenterId> peers) {
        if (threshold < 1) {
            throw new IllegalArgumentException("own-first needs a threshold of at least 1, not " + threshold);
        }
        if (!own.isKnown()) {
            return UNDECIDED;
        }
        boolean arePeersShown = scope == Scope.GLOBAL && own.addresses() < threshold;
        Map<DatacenterId, Part> parts = new LinkedHashMap<>();
        parts.put(own.datacenter(), scope == Scope.ZONE ? Part.ZONE : Part.WHOLE);
        for (DatacenterId peer : new TreeSet<>(peers)) {
            parts.putIfAbsent(peer, arePeersShown ? Part.WHOLE : Part.EMPTIED);
        }
        return new View(parts);
    }

    /** False when nothing may be pushed yet. */
    public boolean isDecided() {
        return !parts.isEmpty();
    }

    /** True when at least a part of the segment is shown. */
    public boolean shows(DatacenterId datacenter) {
        return SHOWN.contains(parts.getOrDefault(datacenter, Part.EMPTIED));
    }
}
