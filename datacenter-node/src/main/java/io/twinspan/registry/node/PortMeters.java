package io.twinspan.registry.node;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The ports of this node: which are open, and at which calls fail.
 *
 * @param numbers of the ports that are to be open
 * @param listening says which of some ports are; empty where that cannot be known
 * @param failed calls answered by a failure, by number, of the ports where nodes call
 */
record PortMeters(
        Map<NodePort, Integer> numbers,
        Function<Set<Integer>, Optional<Set<Integer>>> listening,
        Supplier<Map<Integer, Long>> failed)
        implements MeterSource {
    @Override
    public CompletionStage<List<MeterReading>> read() {
        Optional<Set<Integer>> open = listening.apply(Set.copyOf(numbers.values()));
        Map<Integer, Long> failures = failed.get();
        List<MeterReading> readings = new ArrayList<>();
        numbers.forEach((port, number) -> {
            Map<String, String> labels = Map.of(
                    "role", port.role().name().toLowerCase(Locale.ROOT),
                    "name", port.configName(),
                    "port", Integer.toString(number));
            readings.add(open.map(all -> flag("twinspan.port.open", labels, all.contains(number)))
                    .orElseGet(() -> gauge("twinspan.port.open", labels, Double.NaN)));
            Long failuresThere = failures.get(number);
            if (failuresThere != null) {
                readings.add(counter("twinspan.port.calls.failed", labels, failuresThere));
            }
        });
        return CompletableFuture.completedFuture(readings);
    }
}
