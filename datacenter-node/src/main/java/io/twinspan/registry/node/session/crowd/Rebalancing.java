package io.twinspan.registry.node.session.crowd;

import java.util.List;

/**
 * How many clients a session sends away in the next second. It begins when any session is further from the mean than allowed and
 * ends when all are within half of that, so that it does not begin again at once. Only a session above the mean sends, and only
 * down to the mean. A client that was closed goes to any session of its list, this one included, so of n sessions closing k moves
 * k (n - 1) / n away.
 */
public final class Rebalancing {
    private final MoveSettings settings;
    private boolean isUnderWay;

    /** All is balanced so far. */
    public Rebalancing(MoveSettings settings) {
        this.settings = settings;
    }

    /**
     * One second's decision.
     *
     * @param own connections of this session
     * @param others those of each other session that clients may go to, all known
     */
    public int closings(int own, List<Integer> others) {
        int sessions = others.size() + 1;
        double mean = (own + others.stream().mapToLong(Integer::intValue).sum()) / (double) sessions;
        double allowed = Math.max(settings.tolerance() * mean, settings.leastOff());
        double furthest = Math.abs(own - mean);
        for (int other : others) {
            furthest = Math.max(furthest, Math.abs(other - mean));
        }
        isUnderWay = furthest > allowed || (isUnderWay && furthest > allowed / 2);
        if (!settings.isRebalancing() || !isUnderWay || sessions == 1 || own <= mean) {
            return 0;
        }
        int surplus = (int) ((own - mean) * sessions / (sessions - 1));
        return Math.min(surplus, settings.wave(own));
    }
}
