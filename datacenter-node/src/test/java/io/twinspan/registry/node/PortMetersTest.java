package io.twinspan.registry.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.node.metrics.MeterReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortMetersTest {
    private static final Map<NodePort, Integer> PORTS =
            Map.of(NodePort.SESSION_CLIENT, 19600, NodePort.SESSION_CONSOLE, 19601);
    private static final Map<String, String> CLIENT =
            Map.of("role", "session", "name", "session-client", "port", "19600");
    private static final Map<String, String> CONSOLE =
            Map.of("role", "session", "name", "session-console", "port", "19601");

    @Test
    void aPortThatIsNotOpenIsTold() {
        assertThat(read(Optional.of(Set.of(19601))))
                .containsExactlyInAnyOrder(
                        MeterReading.flag("twinspan.port.open", CLIENT, false),
                        MeterReading.flag("twinspan.port.open", CONSOLE, true),
                        MeterReading.counter("twinspan.port.calls.failed", CONSOLE, 3));
    }

    @Test
    void whatCannotBeSeenIsNotTakenToBeClosed() {
        assertThat(read(Optional.empty()))
                .contains(MeterReading.gauge("twinspan.port.open", CLIENT, Double.NaN))
                .noneMatch(reading -> reading.value() == 0);
    }

    private static List<MeterReading> read(Optional<Set<Integer>> open) {
        return new PortMeters(PORTS, asked -> open, () -> Map.of(19601, 3L))
                .read()
                .toCompletableFuture()
                .join();
    }
}
