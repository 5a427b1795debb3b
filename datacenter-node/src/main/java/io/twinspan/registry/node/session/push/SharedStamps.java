package io.twinspan.registry.node.session.push;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.subscription.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The stamps of one service at this session, by view and segment, shared so that a push to many is encoded once. Other content
 * is stamped at once. The same content, for subscribers that keep arriving, is stamped anew at most once in a window: the first
 * to arrive is served at once, those that follow wait for the window to end and share the next one. They have to wait and may
 * not take the stamp that exists: a stamp older than a subscriber's arrival may be lower than what the session it came from
 * pushed to it a moment before it moved, and the client would ignore it. What they wait with is content they have already been
 * given, unconfirmed, under rule (b).
 */
final class SharedStamps {
    /** The answer: a number, or how long to wait for one. */
    record Found(long wireVersion, long waitNanos) {
        boolean isReady() {
            return waitNanos == 0;
        }
    }

    private record Key(Scope scope, DatacenterId segment) {}

    private record Entry(Content content, long stamp, long madeNanos, long madeAt) {}

    private final HybridClock clock;
    private final int sessionByte;
    private final long windowNanos;
    private final Map<Key, Entry> entries = new HashMap<>();

    /** @param sessionByte low 8 bits of every stamp, so that two sessions never make the same one */
    SharedStamps(HybridClock clock, int sessionByte, Duration window) {
        this.clock = clock;
        this.sessionByte = sessionByte;
        this.windowNanos = window.toNanos();
    }

    /**
     * The stamp for a step of a subscriber.
     *
     * @param arrivals how many arrivals the session has counted by now
     */
    Found stamp(PushStep step, Viewer viewer, long arrivals, long nowNanos) {
        Key key = new Key(viewer.subscriber().scope(), step.segment());
        Entry entry = entries.get(key);
        if (entry != null && entry.content.equals(step.content())) {
            if (fits(entry, step, viewer)) {
                return new Found(entry.stamp, 0);
            }
            long waitNanos = entry.madeNanos + windowNanos - nowNanos;
            if (waitNanos > 0) {
                return new Found(0, waitNanos);
            }
        }
        Entry made = new Entry(step.content(), mint(step, viewer), nowNanos, arrivals);
        entries.put(key, made);
        return new Found(made.stamp, 0);
    }

    /** True when a stamp that was just found for one subscriber serves another one too. */
    boolean fits(PushStep step, Viewer viewer) {
        Entry entry = entries.get(new Key(viewer.subscriber().scope(), step.segment()));
        return entry != null && entry.content.equals(step.content()) && fits(entry, step, viewer);
    }

    private static boolean fits(Entry entry, PushStep step, Viewer viewer) {
        return entry.madeAt >= viewer.arrival()
                && viewer.pushed(step.segment())
                        .map(push ->
                                push.hasFailed() ? entry.stamp >= push.wireVersion() : entry.stamp > push.wireVersion())
                        .orElse(true);
    }

    // The clock merges every version the session hears of, so a reading is above them; a version from a clock so wrong
    // that it
    // was not merged still must not freeze a client, hence the floor.
    private long mint(PushStep step, Viewer viewer) {
        long floor = Math.max(
                step.content().version().value(),
                viewer.pushed(step.segment()).map(Pushed::wireVersion).orElse(0L));
        long stamp = clock.next().withLowBits(sessionByte);
        return stamp > floor ? stamp : new Stamp(floor).nextTick().withLowBits(sessionByte);
    }
}
