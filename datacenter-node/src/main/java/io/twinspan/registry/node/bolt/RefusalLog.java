package io.twinspan.registry.node.bolt;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** One line for each refused connection, but never more than a few in a period: who attacks must not fill the disk. */
final class RefusalLog {
    static final int LINES = 20;
    static final Duration PERIOD = Duration.ofSeconds(10);

    private final Logger log;
    private final LongSupplier nanos;
    private long periodStart;
    private int lines;
    private long left;

    RefusalLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.periodStart = nanos.getAsLong();
    }

    /** The lock guards the count of the period; it is held for the length of one line. */
    synchronized void refused(String port, String remote, String why) {
        long now = nanos.getAsLong();
        if (now - periodStart >= PERIOD.toNanos()) {
            if (left > 0) {
                log.warn("refused {} more connections without a line each", left);
            }
            periodStart = now;
            lines = 0;
            left = 0;
        }
        if (lines < LINES) {
            lines++;
            log.warn("refused on {} from {}: {}", port, remote, why);
        } else {
            left++;
        }
    }
}
