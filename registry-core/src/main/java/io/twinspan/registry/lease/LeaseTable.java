package io.twinspan.registry.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Promises by key, each good for the same duration after its last renewal. Time is told in monotonic nanoseconds, so a wall clock
 * that jumps expires nobody. Not thread-safe; it belongs to one event loop.
 *
 * @param <K> who holds a lease
 */
public final class LeaseTable<K> {
    private final long durationNanos;
    private final Map<K, Long> renewedAt = new HashMap<>();

    /** @param duration how long one renewal is good for */
    public LeaseTable(Duration duration) {
        this.durationNanos = duration.toNanos();
    }

    /** Grants or renews. */
    public void renew(K holder, long nowNanos) {
        renewedAt.put(holder, nowNanos);
    }

    /** Ends a lease before its time. */
    public void release(K holder) {
        renewedAt.remove(holder);
    }

    /** True while the last renewal is younger than the duration. */
    public boolean isLive(K holder, long nowNanos) {
        Long renewed = renewedAt.get(holder);
        return renewed != null && nowNanos - renewed < durationNanos;
    }

    /** Takes out and returns those whose time is over. */
    public List<K> expire(long nowNanos) {
        List<K> expired = new ArrayList<>();
        renewedAt.forEach((holder, renewed) -> {
            if (nowNanos - renewed >= durationNanos) {
                expired.add(holder);
            }
        });
        expired.forEach(renewedAt::remove);
        return expired;
    }

    /** Gives every holder a full lease from now: after a pause of our own nobody must pay for it. */
    public void renewAll(long nowNanos) {
        renewedAt.replaceAll((holder, renewed) -> nowNanos);
    }

    /** Number of leases, live or over but not yet expired. */
    public int size() {
        return renewedAt.size();
    }
}
