package io.twinspan.registry.ops.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What one subscriber shows of a service, by the official client's own rule: a push counts when its number is above the last one of
 * its segment, and what is shown is the union of all segments. Publishers of a service are bits. Any thread.
 */
final class ShownService {
    private final long all;
    private final Map<String, Segment> segments = new HashMap<>();
    private boolean isBegun;
    private boolean isResumed;

    private record Segment(long version, long publishers) {}

    /** @param all every publisher of the service; each of them lives as long as this does */
    ShownService(long all) {
        this.all = all;
    }

    /**
     * Takes a push.
     *
     * @return publishers that are missing from what is shown now, though all had been shown once; 0 when none is
     */
    synchronized long onPush(String segment, long version, long publishers) {
        isResumed = true;
        Segment known = segments.get(segment);
        if (known == null || version > known.version()) {
            segments.put(segment, new Segment(version, publishers));
        }
        long missing = all & ~union();
        isBegun |= missing == 0;
        return isBegun ? missing : 0;
    }

    /** The client has a new connection, and waits for what is pushed on it. */
    synchronized void onConnected() {
        isResumed = false;
    }

    /** True when all publishers are shown, and something has been pushed since the client connected last. */
    synchronized boolean isComplete() {
        return isResumed && (all & ~union()) == 0;
    }

    private long union() {
        long union = 0;
        for (Segment each : segments.values()) {
            union |= each.publishers();
        }
        return union;
    }
}
