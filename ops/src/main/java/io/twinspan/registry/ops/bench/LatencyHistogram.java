package io.twinspan.registry.ops.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts latencies in buckets that grow with the value (Tene's HDR histogram): any number of them takes 32 KiB, and a percentile
 * is at most 1.6 % above the true value. Threads may record at once.
 */
public final class LatencyHistogram {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final int MAX_EXPONENT = 62 - SUB_BITS;

    private final AtomicLongArray counts = new AtomicLongArray((MAX_EXPONENT + 2) * SUB);

    /** @param nanos negative ones count as 0 */
    void record(long nanos) {
        counts.incrementAndGet(bucketOf(Math.max(0, nanos)));
    }

    /** How many were recorded. */
    public long count() {
        long sum = 0;
        for (int i = 0; i < counts.length(); i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /**
     * The smallest value that so much of all are not above; 0 when nothing was recorded.
     *
     * @param share above 0 to 1, for example 0.99
     * @return nanoseconds
     */
    public long percentile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a percentile is asked for " + share + ", which is not above 0 and at most 1");
        }
        long wanted = Math.max(1, (long) Math.ceil(count() * share));
        long seen = 0;
        for (int i = 0; i < counts.length(); i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return highestOf(i);
            }
        }
        return 0;
    }

    void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length(); i++) {
            counts.addAndGet(i, other.counts.get(i));
        }
    }

    /** Values below 64 have a bucket each; above, every power of two is cut into 64. */
    private static int bucketOf(long value) {
        int exponent = Math.max(0, 63 - Long.numberOfLeadingZeros(value | 1) - SUB_BITS);
        return exponent * SUB + (int) (value >>> exponent);
    }

    private static long highestOf(int bucket) {
        if (bucket < 2 * SUB) {
            return bucket;
        }
        int exponent = bucket / SUB - 1;
        long sub = bucket % SUB + (long) SUB;
        return ((sub + 1) << exponent) - 1;
    }
}
