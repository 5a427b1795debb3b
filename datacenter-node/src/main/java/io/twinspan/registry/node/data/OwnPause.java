package io.twinspan.registry.node.data;

/**
 * Whether this node has just been away, stalled by its machine or its memory. Another may have been told to lead meanwhile, which
 * this node hears only now. So nobody's time is over yet: what would be taken away on this leader's word alone, without a
 * tombstone, would come back with the other one's.
 */
final class OwnPause {
    private final long promotionNanos;
    private long tickedNanos;
    private long backUntilNanos;

    OwnPause(DataSettings.Replication settings, long nowNanos) {
        this.promotionNanos = settings.promotion().toNanos();
        this.tickedNanos = nowNanos;
        this.backUntilNanos = nowNanos;
    }

    void onTick(long nowNanos) {
        if (nowNanos - tickedNanos > promotionNanos / 2) {
            backUntilNanos = nowNanos + promotionNanos;
        }
        tickedNanos = nowNanos;
    }

    /** True during a pause and for the promotion time after it. */
    boolean isJustOver(long nowNanos) {
        return nowNanos < backUntilNanos || nowNanos - tickedNanos > promotionNanos / 2;
    }
}
