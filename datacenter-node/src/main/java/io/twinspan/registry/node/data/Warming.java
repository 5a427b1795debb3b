package io.twinspan.registry.node.data;

/**
 * Decides when a slot settles. COLD or WARMING to SETTLED: never before the earliest time; a cold slot then; a warming one as soon
 * as no registration of its snapshot has been renewed for the quiet time, and at the latest time in any case. Pure.
 */
final class Warming {
    private final DataSettings.Warming settings;
    private final long sinceNanos;
    private long renewedNanos;
    private SlotState state;

    Warming(DataSettings.Warming settings, boolean hasSnapshot, long nowNanos) {
        this.settings = settings;
        this.sinceNanos = nowNanos;
        this.renewedNanos = nowNanos;
        this.state = hasSnapshot ? SlotState.WARMING : SlotState.COLD;
    }

    SlotState state() {
        return state;
    }

    /** Somebody renewed a registration that was there already. */
    void onRenewed(long nowNanos) {
        renewedNanos = nowNanos;
    }

    /** True once, when the slot settles. */
    boolean onTick(long nowNanos) {
        if (state == SlotState.SETTLED || !isOver(nowNanos)) {
            return false;
        }
        state = SlotState.SETTLED;
        return true;
    }

    private boolean isOver(long nowNanos) {
        long since = nowNanos - sinceNanos;
        if (since < settings.earliest().toNanos()) {
            return false;
        }
        return state == SlotState.COLD
                || since >= settings.latest().toNanos()
                || nowNanos - renewedNanos >= settings.quiet().toNanos();
    }
}
