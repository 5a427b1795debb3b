package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which streams are ended because the answer names another datacenter. Moving clients without a gap is the sessions' own affair, and
 * they have some time for it; only what is left of a datacenter that is not named any more is ended here, in waves. A session that
 * has left the list of its own datacenter keeps its streams: it drains, or is gone. Pure.
 */
final class MovingOut {
    private static final int WHOLE = 100;

    private final Duration after;
    private final int percent;
    private @Nullable Set<String> named;
    private Optional<FederationEpoch> epoch = Optional.empty();
    private long sinceNanos;
    private int wave;

    /**
     * @param after how long sessions have to send their clients away
     * @param percent of the streams at that time that are ended in each wave
     */
    MovingOut(Duration after, int percent) {
        this.after = after;
        this.percent = percent;
    }

    /**
     * Hears of another answer. One without datacenters says nothing, and neither does one under an epoch that conflicts with the last
     * one: after a double force both sides keep their clients until an operator confirms.
     */
    void onAnswer(Optional<FederationEpoch> under, Set<String> datacenters, long now) {
        boolean isConflict =
                epoch.isPresent() && under.isPresent() && epoch.get().conflictsWith(under.get());
        if (datacenters.isEmpty() || isConflict) {
            return;
        }
        epoch = under;
        if (datacenters.equals(named)) {
            return;
        }
        named = Set.copyOf(datacenters);
        sinceNanos = now;
        wave = 0;
    }

    /** True when a stream of this datacenter is out of place. */
    boolean isOut(String datacenter) {
        return named != null && !datacenter.isEmpty() && !named.contains(datacenter);
    }

    /**
     * Those that are ended now.
     *
     * @param out all that are out of place, the oldest first
     * @param isSlow whether somebody waits for a first answer where clients are led now: who came besides would wait, too
     */
    <T> List<T> wave(List<T> out, boolean isSlow, long now) {
        if (out.isEmpty() || isSlow || now - sinceNanos < after.toNanos()) {
            return List.of();
        }
        if (wave == 0) {
            wave = Math.max(1, (out.size() * percent + WHOLE - 1) / WHOLE);
        }
        return out.subList(0, Math.min(wave, out.size()));
    }
}
