package io.twinspan.registry.sync;

import java.time.Duration;

/**
 * On which way a peer is heard: Kafka while records come, which they do at least with each summary; else directly while questions
 * are answered; else none. Pure.
 */
final class PathWatch {
    private final long silenceNanos;
    private boolean isReading;
    private boolean wasHeard;
    private long heardNanos;
    private boolean wasAnswered;
    private long answeredNanos;
    private SyncPath path = SyncPath.NONE;
    private long sinceNanos;

    PathWatch(Duration silence, long nowNanos) {
        this.silenceNanos = silence.toNanos();
        this.sinceNanos = nowNanos;
    }

    /** Whether the peer's topic can be read. */
    void onReading(boolean canRead, long nowNanos) {
        isReading = canRead;
        onTick(nowNanos);
    }

    /** The peer has said something on its topic. */
    void onHeard(long nowNanos) {
        wasHeard = true;
        heardNanos = nowNanos;
        onTick(nowNanos);
    }

    /** The peer has answered a question. */
    void onAnswered(long nowNanos) {
        wasAnswered = true;
        answeredNanos = nowNanos;
        onTick(nowNanos);
    }

    /** Looks at the time; true when the way is another one than before. */
    boolean onTick(long nowNanos) {
        SyncPath now = SyncPath.NONE;
        if (isReading && wasHeard && nowNanos - heardNanos <= silenceNanos) {
            now = SyncPath.KAFKA;
        } else if (wasAnswered && nowNanos - answeredNanos <= silenceNanos) {
            now = SyncPath.DIRECT;
        }
        if (now == path) {
            return false;
        }
        path = now;
        sinceNanos = nowNanos;
        return true;
    }

    SyncPath path() {
        return path;
    }

    boolean isReading() {
        return isReading;
    }

    Duration since(long nowNanos) {
        return Duration.ofNanos(nowNanos - sinceNanos);
    }
}
