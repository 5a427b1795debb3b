package io.twinspan.registry.acvip.connect;

import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which streams are ended because the answer names another datacenter. Moving clients without a gap is the sessions' own affair, and
 * they have some time for it; only what is left of a datacenter that drains is ended here, in waves. A datacenter that has come back,
 * stands by or was declared lost, and yet serves its clients, keeps them until its sessions send them away (DESIGN §9): nobody has
 * looked whether the link is calm and the other side has what they need. While nothing is decided there is no such order, and each
 * datacenter has its own clients: they go home. A session that has left the list of its own datacenter keeps its streams: it drains,
 * or is gone ({@link LeftSessions}). Pure.
 */
final class MovingOut {
    private static final int WHOLE = 100;

    private final Duration after;
    private final int percent;
    private Set<String> named = Set.of();
    private Set<String> draining = Set.of();
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
    void onAnswer(Optional<FederationEpoch> under, Set<String> datacenters, Set<String> drained, long now) {
        boolean isConflict =
                epoch.isPresent() && under.isPresent() && epoch.get().conflictsWith(under.get());
        if (datacenters.isEmpty() || isConflict) {
            return;
        }
        epoch = under;
        if (datacenters.equals(named) && drained.equals(draining)) {
            return;
        }
        named = Set.copyOf(datacenters);
        draining = Set.copyOf(drained);
        sinceNanos = now;
        wave = 0;
    }

    /** True when a stream of this datacenter is out of place, and not kept. */
    boolean isOut(String datacenter) {
        boolean isElsewhere = !named.isEmpty() && !datacenter.isEmpty() && !named.contains(datacenter);
        return isElsewhere && (epoch.isEmpty() || draining.contains(datacenter));
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
