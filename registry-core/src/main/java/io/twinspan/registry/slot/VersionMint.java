package io.twinspan.registry.slot;

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
    /** How far ahead of what was minted a persisted ceiling promises. */
    public static final Duration CEILING_AHEAD = Duration.ofSeconds(10);

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

    /** True when what is minted has come within half of {@link #CEILING_AHEAD} of the persisted ceiling. */
    public boolean needsCeiling(Stamp reading) {
        long at = Math.max(reading.value(), last.value());
        return new Stamp(at).millis() + CEILING_AHEAD.toMillis() / 2 > new Stamp(ceiling.value()).millis();
    }

    /** A new ceiling, {@link #CEILING_AHEAD} ahead, to be persisted before anything at or above the old one is shown. */
    public DatumVersion moveCeiling(Stamp reading) {
        long at = Math.max(reading.value(), last.value());
        ceiling = new DatumVersion(Stamp.atMillis(new Stamp(at).millis() + CEILING_AHEAD.toMillis())
                .value());
        return ceiling;
    }
}
