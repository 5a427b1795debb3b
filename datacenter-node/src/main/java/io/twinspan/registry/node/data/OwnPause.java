package io.twinspan.registry.node.data;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node has just been away, stalled by its machine or its memory. Another may have been told to lead meanwhile, which
 * this node hears only now. So nobody's time is over yet: what would be taken away on this leader's word alone, without a
 * tombstone, would come back with the other one's. Nor is anything new taken.
 */
final class OwnPause {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPause.class);

    private final long promotionNanos;
    private long tickedNanos;
    private long backUntilNanos;

    OwnPause(DataSettings.Replication settings, long nowNanos) {
        this.promotionNanos = settings.promotion().toNanos();
        this.tickedNanos = nowNanos;
        this.backUntilNanos = nowNanos;
    }

    /** The time before the first tick was no pause: nothing was led yet. */
    void start(long nowNanos) {
        tickedNanos = nowNanos;
    }

    void onTick(long nowNanos) {
        if (nowNanos - tickedNanos > promotionNanos / 2) {
            LOG.warn(
                    "this node was stalled, changes wait for whoever may lead meanwhile to speak up: stalledMillis={} waitMillis={}",
                    TimeUnit.NANOSECONDS.toMillis(nowNanos - tickedNanos),
                    TimeUnit.NANOSECONDS.toMillis(promotionNanos));
            backUntilNanos = nowNanos + promotionNanos;
        }
        tickedNanos = nowNanos;
    }

    /** True during a pause and for the promotion time after it. */
    boolean isJustOver(long nowNanos) {
        return nowNanos < backUntilNanos || nowNanos - tickedNanos > promotionNanos / 2;
    }
}
