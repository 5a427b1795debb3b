package io.twinspan.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.federation.FederationView;
import io.twinspan.registry.node.metrics.MeterReading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FederationMetersTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final FederationState FIRST =
            FederationState.NONE.next(EAST, FederationState.oneActive(EAST, List.of(EAST, WEST)));

    @Test
    void nobodyIsUnconfirmedBeforeAnythingIsDecided() {
        assertThat(read(FederationState.NONE, Set.of(WEST)))
                .isEqualTo(Map.of(
                        "twinspan.duty.epoch", 0.0,
                        "twinspan.duty.unconfirmed.peers", 0.0,
                        "twinspan.duty.conflict", 0.0));
    }

    @Test
    void aDoubleForceIsTold() {
        FederationState east = FIRST.next(EAST, FIRST.duties());
        FederationState west = FIRST.next(WEST, FederationState.oneActive(WEST, List.of(EAST, WEST)));
        assertThat(read(east, Set.of(WEST)))
                .containsEntry("twinspan.duty.epoch", 2.0)
                .containsEntry("twinspan.duty.unconfirmed.peers", 1.0)
                .containsEntry("twinspan.duty.conflict", 0.0);
        assertThat(read(east.merge(west), Set.of())).containsEntry("twinspan.duty.conflict", 1.0);
    }

    private static Map<String, Double> read(FederationState state, Set<DatacenterId> unconfirmed) {
        FederationView view = new FederationView(EAST, state, false, unconfirmed);
        return new FederationMeters(() -> view)
                .read().toCompletableFuture().join().stream()
                        .collect(Collectors.toMap(MeterReading::name, MeterReading::value));
    }
}
