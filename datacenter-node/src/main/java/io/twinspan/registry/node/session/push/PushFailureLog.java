package io.twinspan.registry.node.session.push;

import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each push that failed, but never more than a few in a period: a thousand clients may fail at once. */
final class PushFailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(PushFailureLog.class);
    private static final int LINES = 50;
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private long periodStart;
    private int lines;
    private long left;

    /** @param failures in a row, of this service on this connection */
    void failed(long now, DataInfoId service, String client, int failures) {
        if (now - periodStart >= PERIOD.toNanos()) {
            if (left > 0) {
                LOG.warn("{} more pushes failed without a line each", left);
            }
            periodStart = now;
            lines = 0;
            left = 0;
        }
        if (lines < LINES) {
            lines++;
            LOG.warn("push failed service={} client={} failures={}", service, client, failures);
        } else {
            left++;
        }
    }
}
