package io.twinspan.registry.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeMetersTest {
    private static final Map<String, String> EAST = Map.of("peer", "east");

    private final List<MeterReading> readings = new ArrayList<>();

    @Test
    void whatRolesCountIsShownInTheWordsOfPrometheusWithItsLabels() {
        try (NodeMeters meters = meters(() -> CompletableFuture.completedFuture(List.copyOf(readings)))) {
            readings.add(MeterReading.counter("twinspan.sync.pulls", EAST, 3));
            readings.add(MeterReading.gauge("twinspan.sync.lag.seconds", EAST, 1.5));
            readings.add(MeterReading.flag("twinspan.sync.state", Map.of("peer", "east", "state", "synced"), true));
            assertThat(meters.scrape())
                    .contains("twinspan_sync_pulls_total{datacenter=\"west\",peer=\"east\"} 3.0")
                    .contains("twinspan_sync_lag_seconds{datacenter=\"west\",peer=\"east\"} 1.5")
                    .contains("twinspan_sync_state{datacenter=\"west\",peer=\"east\",state=\"synced\"} 1.0");

            readings.set(0, MeterReading.counter("twinspan.sync.pulls", EAST, 4));
            assertThat(meters.scrape()).contains("twinspan_sync_pulls_total{datacenter=\"west\",peer=\"east\"} 4.0");
        }
    }

    @Test
    void whatNobodyTellsAnyMoreIsNotKnownAndWhatWasCountedStays() {
        try (NodeMeters meters = meters(() -> CompletableFuture.completedFuture(List.copyOf(readings)))) {
            readings.add(MeterReading.counter("twinspan.sync.pulls", EAST, 3));
            readings.add(MeterReading.gauge("twinspan.sync.services", EAST, 7));
            meters.scrape();
            readings.clear();
            assertThat(meters.scrape())
                    .contains("twinspan_sync_pulls_total{datacenter=\"west\",peer=\"east\"} 3.0")
                    .contains("twinspan_sync_services{datacenter=\"west\",peer=\"east\"} NaN");
        }
    }

    @Test
    void aRoleThatFailsIsCountedAndTheOthersAreShown() {
        readings.add(MeterReading.gauge("twinspan.sync.services", EAST, 7));
        try (NodeMeters meters = meters(
                () -> CompletableFuture.failedFuture(new IllegalStateException("stopped")),
                () -> CompletableFuture.completedFuture(List.copyOf(readings)))) {
            assertThat(meters.scrape())
                    .contains("twinspan_metrics_sources_silent_total{datacenter=\"west\"} 1.0")
                    .contains("twinspan_sync_services{datacenter=\"west\",peer=\"east\"} 7.0");
        }
    }

    @Test
    void theProcessIsMeasured() {
        try (NodeMeters meters = meters()) {
            assertThat(meters.scrape())
                    .contains("jvm_memory_used_bytes", "process_cpu_usage", "system_load_average_1m", "disk_free_bytes")
                    .contains("logback_events_total", "process_files_open_files", "process_start_time_seconds")
                    .contains("twinspan_host_memory_used", "twinspan_jvm_collections_full_total");
        }
    }

    @Test
    void memoryInUseIsWhatCannotBeHadWithoutSwapping(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("meminfo"), "MemTotal:       1000 kB\nMemFree:  10 kB\nMemAvailable:    250 kB\n");
        assertThat(new HostMemory(file).used()).isEqualTo(0.75);
        assertThat(new HostMemory(folder.resolve("none")).used()).isNaN();
    }

    @Test
    void openPortsAreThoseThatTheKernelListensOn(@TempDir Path folder) throws Exception {
        Path narrow = Files.writeString(folder.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt
                   0: 0100007F:2580 00000000:0000 0A 00000000:00000000 00:00000000 00000000
                   1: 0100007F:2583 0100007F:D431 01 00000000:00000000 00:00000000 00000000
                """);
        Path wide = Files.writeString(folder.resolve("tcp6"), """
                  sl  local_address                         remote_address                        st
                   0: 00000000000000000000000000000000:2594 00000000000000000000000000000000:0000 0A 0:0
                """);
        assertThat(new ListeningPorts(List.of(wide, narrow)).among(Set.of(0x2580, 0x2583, 0x2594, 9)))
                .contains(Set.of(0x2580, 0x2594));
        assertThat(new ListeningPorts(List.of(folder.resolve("none"), narrow)).among(Set.of(0x2580)))
                .contains(Set.of(0x2580));
        assertThat(new ListeningPorts(List.of(folder.resolve("none"))).among(Set.of(0x2580)))
                .isEmpty();
    }

    private static NodeMeters meters(MeterSource... sources) {
        return new NodeMeters("west", Path.of("."), List.of(sources));
    }
}
