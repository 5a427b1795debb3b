package io.twinspan.registry.node.meta.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaftSettingsTest {
    private static final Endpoint SELF = new Endpoint("127.0.0.1", 9614);
    private static final Path FOLDER = Path.of("raft");

    @Test
    void standardElectsWithinASecondAndKeepsSnapshotsRare() {
        RaftSettings settings = RaftSettings.standard(SELF, SELF, List.of(SELF), FOLDER);
        assertThat(settings.electionTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.snapshotEvery()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void refusalNamesTheKey() {
        assertThatThrownBy(() -> RaftSettings.standard(SELF, SELF, List.of(), FOLDER))
                .hasMessageContaining("meta.raft.group is empty");
        assertThatThrownBy(() -> RaftSettings.standard(SELF, SELF, List.of(SELF, SELF), FOLDER))
                .hasMessageContaining("a member twice");
        assertThatThrownBy(() -> new RaftSettings(
                        SELF, SELF, List.of(SELF), FOLDER, Duration.ofMillis(5), Duration.ofMinutes(1)))
                .hasMessageContaining("meta.raft.election-timeout is PT0.005S");
        assertThatThrownBy(
                        () -> new RaftSettings(SELF, SELF, List.of(SELF), FOLDER, Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("meta.raft.snapshot-every is PT0S");
    }
}
