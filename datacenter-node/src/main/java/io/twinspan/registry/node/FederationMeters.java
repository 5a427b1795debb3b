package io.twinspan.registry.node;

import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Duty as this node knows it: whether two datacenters were both made active, and how many peers follow another epoch. */
record FederationMeters(Supplier<FederationView> known) implements MeterSource {
    @Override
    public CompletionStage<List<MeterReading>> read() {
        FederationView view = known.get();
        return CompletableFuture.completedFuture(List.of(
                gauge("twinspan.duty.epoch", Map.of(), view.state().number()),
                gauge(
                        "twinspan.duty.unconfirmed.peers",
                        Map.of(),
                        view.state().isDecided() ? view.unconfirmed().size() : 0),
                flag("twinspan.duty.conflict", Map.of(), view.state().isConflict())));
    }
}
