package io.twinspan.registry.sync.fetch;

import java.time.Duration;

/** Bytes a second that may be fetched before anybody asks. What an answer takes is known only afterwards: then it waits. Pure. */
final class WarmBudget {
    private final int bytesPerSecond;
    private double left;
    private long nanos;
    private long taken;

    WarmBudget(int bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.left = bytesPerSecond;
        this.nanos = nowNanos;
    }

    /** No wait when something may be fetched now; else how long until then. */
    Duration untilNext(long nowNanos) {
        left = Math.min(bytesPerSecond, left + (nowNanos - nanos) / 1e9 * bytesPerSecond);
        nanos = nowNanos;
        return left > 0 ? Duration.ZERO : Duration.ofNanos(1 + (long) (-left / bytesPerSecond * 1e9));
    }

    void take(long bytes) {
        left -= bytes;
        taken += bytes;
    }

    long taken() {
        return taken;
    }
}
