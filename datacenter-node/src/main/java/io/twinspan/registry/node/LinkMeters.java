package io.twinspan.registry.node;

import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The connections between nodes, as {@code /digest/links} tells them. */
record LinkMeters(Supplier<List<LinkCount>> links) implements MeterSource {
    @Override
    public CompletionStage<List<MeterReading>> read() {
        List<MeterReading> readings = new ArrayList<>();
        for (LinkCount link : links.get()) {
            Map<String, String> labels = Map.of(
                    "from", link.from(),
                    "to", link.to(),
                    "direction", link.direction(),
                    "port", Integer.toString(link.port()));
            readings.add(gauge("twinspan.links.connections", labels, link.connections()));
            Integer expected = link.expected();
            if (expected != null) {
                readings.add(gauge("twinspan.links.missing", labels, Math.max(0, expected - link.connections())));
            }
        }
        return CompletableFuture.completedFuture(readings);
    }
}
