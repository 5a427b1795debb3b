package io.twinspan.registry.node.bolt;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the clients' port while they count. Any thread. */
final class EdgeTally {
    final AtomicInteger connections = new AtomicInteger();
    final LongAdder refusedConnections = new LongAdder();
    final LongAdder refusedHeaders = new LongAdder();
    final LongAdder refusedFrames = new LongAdder();
    final LongAdder refusedClasses = new LongAdder();
    final LongAdder refusedMessages = new LongAdder();
    final LongAdder idleClosed = new LongAdder();
    final LongAdder registrations = new LongAdder();
    final LongAdder refusedRegistrations = new LongAdder();
    final LongAdder failedRegistrations = new LongAdder();
    final LongAdder pushes = new LongAdder();
    final LongAdder refusedPushes = new LongAdder();
    final LongAdder failedPushes = new LongAdder();
    final LongAdder unreadPushes = new LongAdder();

    EdgeCounters counters() {
        return new EdgeCounters(
                connections.get(),
                refusedConnections.sum(),
                refusedHeaders.sum(),
                refusedFrames.sum(),
                refusedClasses.sum(),
                refusedMessages.sum(),
                idleClosed.sum(),
                registrations.sum(),
                refusedRegistrations.sum(),
                failedRegistrations.sum(),
                pushes.sum(),
                refusedPushes.sum(),
                failedPushes.sum(),
                unreadPushes.sum());
    }
}
