package io.twinspan.registry.sync.announce;

import java.time.Duration;

/** When one slot may be pulled again: one question at a time, and ever longer pauses while nothing comes of it. */
final class PullState {
    /** How long an answer is waited for. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    /** So many answers that contradict what was said of the same place, without ever agreeing: more of the same will not help. */
    private static final int HOPELESS = 3;

    private boolean isAsked;
    private long askedNanos;
    private boolean isPausing;
    private long pausedUntilNanos;
    private int failures;
    private int contradictions;

    boolean isAsked() {
        return isAsked;
    }

    /** Questions asked since the two sides agreed last. */
    int failures() {
        return failures;
    }

    /** True when answers come, and do not bring the two sides to agree. */
    boolean isNotHealing() {
        return contradictions >= HOPELESS;
    }

    boolean isDue(long nowNanos) {
        if (isAsked && nowNanos - askedNanos >= TIMEOUT.toNanos()) {
            isAsked = false;
            pause(nowNanos);
        }
        isPausing &= pausedUntilNanos - nowNanos > 0;
        return !isAsked && !isPausing;
    }

    void onAsked(long nowNanos) {
        isAsked = true;
        askedNanos = nowNanos;
        failures++;
    }

    /** An answer that cannot be what was said of the same place; whether it has helped is seen only when the sides are compared. */
    void onContradicted() {
        end();
        contradictions++;
    }

    /** What was missing has come. A busy slot is soon behind again: that is no failure of this question. */
    void onCaughtUp() {
        end();
        failures = 0;
    }

    /** An answer that has not helped. */
    void onInVain() {
        end();
    }

    /** Everything heard of is applied. */
    void onInOrder() {
        isAsked = false;
    }

    /** Both sides hold the same. */
    void onConfirmed() {
        isAsked = false;
        isPausing = false;
        failures = 0;
        contradictions = 0;
    }

    /** The way to the peer is there again: what failed before says nothing any more. */
    void onWayBack() {
        isAsked = false;
        isPausing = false;
        failures = 0;
    }

    private void end() {
        if (isAsked) {
            isAsked = false;
            pause(askedNanos);
        }
    }

    private void pause(long fromNanos) {
        long doubled = FIRST_PAUSE.toNanos() << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
        isPausing = true;
        pausedUntilNanos = fromNanos + Math.min(doubled, LONGEST_PAUSE.toNanos());
    }
}
