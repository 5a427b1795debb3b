package io.twinspan.registry.node.session.push;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of pushes. May be read on any thread. */
public final class PushMetrics {
    final LongAdder sent = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder failedOften = new LongAdder();
    final LongAdder heldBack = new LongAdder();
    final LongAdder configSent = new LongAdder();
    final LongAdder configFailed = new LongAdder();
    final LongAdder configRepeated = new LongAdder();
    final LongAdder stampedAgain = new LongAdder();
    final LongAdder notFollowed = new LongAdder();

    /** Written on the session's loop only. */
    final PushFailureLog failures = new PushFailureLog();

    /** The counters by their metric names. */
    public Map<String, Long> values() {
        return Map.of(
                "twinspan.push.sent", sent.sum(),
                "twinspan.push.failed", failed.sum(),
                "twinspan.push.failed.often", failedOften.sum(),
                "twinspan.push.held.back", heldBack.sum(),
                "twinspan.push.config.sent", configSent.sum(),
                "twinspan.push.config.failed", configFailed.sum(),
                "twinspan.push.config.repeated", configRepeated.sum(),
                "twinspan.push.stamped.again", stampedAgain.sum(),
                "twinspan.push.not.followed", notFollowed.sum());
    }
}
