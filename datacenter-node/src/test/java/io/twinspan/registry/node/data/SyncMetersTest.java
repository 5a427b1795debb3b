package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.sync.PeerState;
import io.twinspan.registry.sync.PeerStatus;
import io.twinspan.registry.sync.SyncPath;
import io.twinspan.registry.sync.SyncStatus;
import io.twinspan.registry.sync.announce.TableCounts;
import io.twinspan.registry.sync.announce.TableFacts;
import io.twinspan.registry.sync.fetch.BreakerState;
import io.twinspan.registry.sync.fetch.FetchStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SyncMetersTest {
    private static final PeerStatus EAST = new PeerStatus(
            new DatacenterId("east"),
            PeerState.LAGGING,
            Duration.ofSeconds(2),
            SyncPath.DIRECT,
            Duration.ofMillis(1_500),
            false,
            "why",
            new TableFacts(10, 250, 6, 42, Duration.ofSeconds(3), false, 5, 1, ""),
            new TableCounts(100, 2, 3, 4, 5, 6, 7),
            1_000,
            8,
            9,
            10,
            11,
            null,
            0.5,
            new FetchStatus(BreakerState.OPEN, 1, 2, 3, 4, 5, 6, List.of(DataInfoId.of("big"))));
    private static final SyncStatus STATUS =
            new SyncStatus(new DatacenterId("west"), new NodeId("w"), true, "", 256, 12, 13, 14, 15, List.of(EAST));

    @Test
    void everythingAnOperatorIsAlarmedByIsThereWithThePeer() {
        Map<String, String> peer = Map.of("peer", "east");
        assertThat(SyncMeters.of(STATUS))
                .contains(
                        MeterReading.flag("twinspan.sync.state", Map.of("peer", "east", "state", "lagging"), true),
                        MeterReading.flag("twinspan.sync.state", Map.of("peer", "east", "state", "synced"), false),
                        MeterReading.flag("twinspan.sync.path", Map.of("peer", "east", "path", "direct"), true),
                        MeterReading.gauge("twinspan.sync.path.seconds", peer, 1.5),
                        MeterReading.gauge("twinspan.sync.lag.versions", peer, 42),
                        MeterReading.gauge("twinspan.sync.lag.seconds", peer, 0.5),
                        MeterReading.counter("twinspan.sync.pulls", peer, 7),
                        MeterReading.counter("twinspan.sync.bytes", peer, 1_000),
                        MeterReading.counter("twinspan.sync.fetch.installed", peer, 8),
                        MeterReading.flag("twinspan.sync.fetch.breaker", Map.of("peer", "east", "state", "open"), true),
                        MeterReading.gauge("twinspan.sync.held.shrinks", peer, 5),
                        MeterReading.counter("twinspan.sync.versions.rejected", peer, 3),
                        MeterReading.counter("twinspan.sync.records.poisoned", peer, 4),
                        MeterReading.counter("twinspan.sync.records.later.format", peer, 5),
                        MeterReading.flag("twinspan.sync.problem", peer, true));
    }

    @Test
    void readingsOfOneNameHaveTheSameLabelNames() {
        Map<String, Object> labels = new TreeMap<>();
        for (MeterReading each : SyncMeters.of(STATUS)) {
            assertThat(labels.computeIfAbsent(each.name(), name -> each.labels().keySet()))
                    .as(each.name())
                    .isEqualTo(each.labels().keySet());
        }
    }
}
