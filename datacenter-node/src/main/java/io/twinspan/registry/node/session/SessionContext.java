package io.twinspan.registry.node.session;

import io.twinspan.registry.clock.HybridClock;
import io.twinspan.registry.runtime.EventLoop;
import io.twinspan.registry.runtime.PeerClient;
import java.util.random.RandomGenerator;

/** What the parts of the session run on. */
record SessionContext(
        EventLoop loop,
        HybridClock clock,
        PeerClient peers,
        RandomGenerator random,
        SessionSettings settings,
        SessionMetrics metrics) {
    Backoff backoff() {
        return new Backoff(settings.retryFirst(), settings.retryMost(), random);
    }
}
