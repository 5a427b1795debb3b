package io.twinspan.registry.node;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.node.bolt.EdgeCounters;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What has happened at the clients' port. */
record EdgeMeters(Supplier<EdgeCounters> counters) implements MeterSource {
    @Override
    public CompletionStage<List<MeterReading>> read() {
        EdgeCounters now = counters.get();
        Map<String, String> none = Map.of();
        return CompletableFuture.completedFuture(List.of(
                gauge("twinspan.client.connections", none, now.connections()),
                counter("twinspan.client.refused.connections", none, now.refusedConnections()),
                counter("twinspan.client.refused.headers", none, now.refusedHeaders()),
                counter("twinspan.client.refused.frames", none, now.refusedFrames()),
                counter("twinspan.client.refused.classes", none, now.refusedClasses()),
                counter("twinspan.client.refused.messages", none, now.refusedMessages()),
                counter("twinspan.client.idle.closed", none, now.idleClosed()),
                counter("twinspan.client.registrations", none, now.registrations()),
                counter("twinspan.client.registrations.refused", none, now.refusedRegistrations()),
                counter("twinspan.client.registrations.failed", none, now.failedRegistrations()),
                counter("twinspan.client.pushes", none, now.pushes()),
                counter("twinspan.client.pushes.refused", none, now.refusedPushes()),
                counter("twinspan.client.pushes.failed", none, now.failedPushes()),
                counter("twinspan.client.pushes.unread", none, now.unreadPushes())));
    }
}
