package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next push that a subscriber needs.
 *
 * @param isStamped rules (a) and (c): under a stamp of this session; otherwise (b): under the version the datum is held under
 * @param source whose addresses it has; null for none
 * @param mayBeEmptied as in {@link Pushed}
 * @param isProvisional only for a client that has nothing of the segment: whoever has something keeps it
 */
record PushStep(
        DatacenterId segment,
        Content content,
        boolean isStamped,
        @Nullable HeldSegment source,
        Rank rank,
        boolean mayBeEmptied,
        boolean isProvisional) {
    /** For whoever takes it. */
    PushStep(
            DatacenterId segment,
            Content content,
            boolean isStamped,
            @Nullable HeldSegment source,
            Rank rank,
            boolean mayBeEmptied) {
        this(segment, content, isStamped, source, rank, mayBeEmptied, false);
    }

    /**
     * In which order a subscriber's pushes go, so that the union it shows is never needlessly empty: what adds addresses before
     * what takes them away, the own datacenter before its peers.
     */
    enum Rank {
        /** The own segment comes or grows. */
        OWN_GROWS,
        /** A peer's segment is shown or grows. */
        PEER_GROWS,
        /** The own segment gets shorter or is empty; by now a peer that stands in for it is shown. */
        OWN_SHRINKS,
        /** The own segment once more, now confirmed. */
        OWN_CONFIRMED,
        /** A peer's segment gets shorter or is empty at its origin. */
        PEER_SHRINKS,
        /** A peer's segment is outside the view; by now the own segment is there. */
        PEER_EMPTIED,
        /** A peer's segment once more, now confirmed. */
        PEER_CONFIRMED
    }

    /** By zone. */
    Map<String, List<String>> addresses() {
        return source == null ? Map.of() : source.addresses(content.part());
    }

    /** Number of addresses. */
    int count() {
        return source == null ? 0 : source.count(content.part());
    }
}
