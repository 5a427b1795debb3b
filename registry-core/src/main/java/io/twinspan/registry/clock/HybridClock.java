package io.twinspan.registry.clock;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The node's clock. The wall clock is read once at the start and then advanced by a monotonic timer, so a wall clock that jumps
 * moves nothing; a slow slew of at most 1/{@value #SLEW_DIVISOR} follows it. Readings merge with those of every message
 * received, so what is caused is later than its cause. Thread-safe and lock-free.
 */
public final class HybridClock {
    /** A reading this far ahead of our own physical time is not merged: its sender's clock is wrong, or ours is. */
    public static final Duration MERGE_BOUND = Duration.ofSeconds(60);

    /** A node whose wall clock deviates more than this from its own readings must not lead. */
    public static final Duration LEAD_BOUND = Duration.ofSeconds(1);

    /** How long it is remembered that a reading was ahead of ours. */
    public static final Duration LEAD_MEMORY = Duration.ofMinutes(1);

    private static final int SLEW_DIVISOR = 2000;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private final long startNanos;
    private final AtomicLong physicalOffset;
    private final AtomicLong slewedUntilNanos;
    private final AtomicLong last = new AtomicLong();
    private final AtomicLong refusedMerges = new AtomicLong();
    private final AtomicReference<Lead> lead;

    /**
     * @param wall read once now, and again only to slew
     * @param nanos monotonic nanoseconds
     */
    public HybridClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.lead = new AtomicReference<>(new Lead(startNanos, 0, 0));
        this.physicalOffset = new AtomicLong(wall.millis());
        this.slewedUntilNanos = new AtomicLong(startNanos);
    }

    /** A new reading, larger than every one before it and than every one merged. */
    public Stamp next() {
        long physical = Stamp.atMillis(physicalMillis()).value();
        long reading = last.updateAndGet(
                previous -> Math.max(physical, new Stamp(previous).nextTick().value()));
        return new Stamp(reading);
    }

    /** The newest reading given or merged, without making a new one. */
    public Stamp latest() {
        return new Stamp(last.get());
    }

    /**
     * Takes in a reading of another node.
     *
     * @return false when its physical part is more than {@link #MERGE_BOUND} ahead: it is counted and otherwise ignored
     */
    public boolean merge(Stamp seen) {
        long ahead = seen.millis() - physicalMillis();
        if (ahead > MERGE_BOUND.toMillis()) {
            refusedMerges.incrementAndGet();
            return false;
        }
        if (ahead > 0) {
            lead.updateAndGet(known -> known.with(ahead, nanos.getAsLong()));
        }
        last.accumulateAndGet(seen.value(), Math::max);
        return true;
    }

    /** Physical time of this node in milliseconds since 1970: monotonic, slewed towards the wall clock. */
    public long physicalMillis() {
        slew();
        return physicalOffset.get() + (nanos.getAsLong() - startNanos) / 1_000_000;
    }

    /** How far the wall clock is from our physical time, in milliseconds; positive when the wall clock is ahead. */
    public long deviationMillis() {
        return wall.millis() - physicalMillis();
    }

    /** False when the wall clock has moved more than {@link #LEAD_BOUND} away: such a node must not lead. */
    public boolean isFitToLead() {
        return Math.abs(deviationMillis()) <= LEAD_BOUND.toMillis();
    }

    /**
     * How far ahead of our physical time a merged reading has been within the last {@link #LEAD_MEMORY}, or up to twice that, in
     * milliseconds; never negative. A clock that is heard of now and then is ahead in between, too.
     */
    public long furthestAheadMillis() {
        return lead.updateAndGet(known -> known.with(0, nanos.getAsLong())).most();
    }

    /** How many readings were too far ahead to merge; more than none means that some clock is wrong. */
    public long refusedMerges() {
        return refusedMerges.get();
    }

    /** The furthest that a reading was ahead, in the period that began then, and in the one before. */
    private record Lead(long sinceNanos, long before, long now) {
        Lead with(long ahead, long nowNanos) {
            long periods = (nowNanos - sinceNanos) / LEAD_MEMORY.toNanos();
            if (periods > 0) {
                return new Lead(nowNanos, periods == 1 ? now : 0, ahead);
            }
            return ahead > now ? new Lead(sinceNanos, before, ahead) : this;
        }

        long most() {
            return Math.max(before, now);
        }
    }

    private void slew() {
        long now = nanos.getAsLong();
        long since = slewedUntilNanos.get();
        long budgetMillis = (now - since) / 1_000_000 / SLEW_DIVISOR;
        if (budgetMillis < 1 || !slewedUntilNanos.compareAndSet(since, now)) {
            return;
        }
        long gap = wall.millis() - (physicalOffset.get() + (now - startNanos) / 1_000_000);
        physicalOffset.addAndGet(Math.max(-budgetMillis, Math.min(budgetMillis, gap)));
    }
}
