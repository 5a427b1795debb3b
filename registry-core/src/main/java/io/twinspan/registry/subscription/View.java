package io.twinspan.registry.subscription;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.policy.PeerShowing;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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

    /** Keeps the order of the parts. */
    public View {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /**
     * What holds for each peer by its policy: shown always, never, or by the rule own-first only while too few own providers are
     * left. Without that rule every consumer of scope global, which all of SOFA-RPC is, would spread its calls over all
     * datacenters. While clients move between this and another one, both are shown whole to every scope: an address leaves the one
     * as it comes to the other, and a zone may have another name there. While nothing is known of the own segment only what is shown anyhow is decided: nothing is emptied.
     *
     * @param peers the other datacenters of the federation
     */
    public static View decide(Scope scope, OwnSegment own, Map<DatacenterId, PeerShowing> peers) {
        boolean isMoving = peers.values().stream().anyMatch(PeerShowing::isForEveryScope);
        Map<DatacenterId, Part> parts = new LinkedHashMap<>();
        if (own.isKnown()) {
            parts.put(own.datacenter(), scope == Scope.ZONE && !isMoving ? Part.ZONE : Part.WHOLE);
        }
        new TreeMap<>(peers).forEach((peer, showing) -> {
            if (peer.equals(own.datacenter())) {
                return;
            }
            boolean isGlobal = scope == Scope.GLOBAL || showing.isForEveryScope();
            if (own.isKnown()) {
                parts.put(peer, isGlobal && showing.isShown(own.addresses()) ? Part.WHOLE : Part.EMPTIED);
            } else if (isGlobal && showing.isAlwaysShown()) {
                parts.put(peer, Part.WHOLE);
            }
        });
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
