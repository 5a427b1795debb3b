package io.twinspan.registry.slot;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datum.DatumVersion;
import java.time.Duration;

/**
 * Mints the versions of one slot under one leadership. Versions only rise: above the clock, above everything this mint has given
 * out, and above every floor it was raised to (ceilings of earlier leaders, versions that sessions and peers hold). The low 8
 * bits are those of the leader epoch, so that two leaders alive at once never mint the same number. Not thread-safe; it belongs
 * to the slot's event loop.
 */
public final class VersionMint {
    /** How far ahead of physical time a persisted ceiling promises. */
    public static final Duration CEILING_AHEAD = Duration.ofSeconds(10);

    /** How far ahead of what was minted it promises when that has run ahead of the clock: room for 8 million versions. */
    public static final Duration CEILING_SLACK = Duration.ofSeconds(1);

    private final LeaderEpoch epoch;
    private DatumVersion last;
    private DatumVersion ceiling;

    /**
     * @param floor the persisted ceiling of the earlier leadership, or {@link DatumVersion#NONE}
     */
    public VersionMint(LeaderEpoch epoch, DatumVersion floor) {
        this.epoch = epoch;
        this.last = floor;
        this.ceiling = floor;
    }

    /** The next version: above {@code reading} and above everything before. */
    public DatumVersion next(Stamp reading) {
        long low = epoch.value();
        Stamp from = reading.value() > last.value() ? reading : new Stamp(last.value()).nextTick();
        long minted = from.withLowBits(low);
        last = new DatumVersion(minted > last.value() ? minted : from.nextTick().withLowBits(low));
        return last;
    }

    /** Never mint at or below this any more. */
    public void raise(DatumVersion floor) {
        if (floor.isAfter(last)) {
            last = floor;
        }
    }

    /** The newest version minted or raised to. */
    public DatumVersion last() {
        return last;
    }

    /** True when time, the clock, or what is minted, is about to reach the persisted ceiling. */
    public boolean needsCeiling(HybridClock clock) {
        long ceilingMillis = new Stamp(ceiling.value()).millis();
        return clock.physicalMillis() + CEILING_AHEAD.toMillis() / 2 > ceilingMillis
                || newestMillis(clock) + CEILING_SLACK.toMillis() / 2 > ceilingMillis;
    }

    /**
     * A new ceiling, to be persisted before anything at or above the old one is shown: {@link #CEILING_AHEAD} ahead of physical
     * time. Ahead of what was minted, and of what the clock has merged, it is only {@link #CEILING_SLACK}, so that leaders in
     * quick succession, each of which starts at the ceiling of the one before, do not carry the numbers off into the future:
     * their versions carry every clock along, and ceilings that were far ahead of the clock would carry the next ones further.
     */
    public DatumVersion moveCeiling(HybridClock clock) {
        long millis = Math.max(
                clock.physicalMillis() + CEILING_AHEAD.toMillis(), newestMillis(clock) + CEILING_SLACK.toMillis());
        ceiling = new DatumVersion(Stamp.atMillis(millis).value());
        return ceiling;
    }

    private long newestMillis(HybridClock clock) {
        return Math.max(clock.next().millis(), last.stamp().millis());
    }

    /** The ceiling of somebody else who knew this slot becomes ours, to be persisted; nothing is minted below. */
    public DatumVersion adoptCeiling(DatumVersion theirs) {
        ceiling = theirs;
        raise(theirs);
        return ceiling;
    }

    /** The ceiling moved to last, or the floor this mint began with. */
    public DatumVersion ceiling() {
        return ceiling;
    }
}
