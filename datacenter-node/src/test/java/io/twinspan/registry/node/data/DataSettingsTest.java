package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DataSettingsTest {
    @Test
    void defaultsAreThoseOfTheDesign() {
        DataSettings standard = DataSettings.standard();
        assertThat(standard.warming())
                .isEqualTo(new DataSettings.Warming(
                        Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(standard.sessionLease()).isEqualTo(Duration.ofSeconds(30));
        assertThat(standard.foreignConfirmation()).isEqualTo(Duration.ofSeconds(1));
        assertThat(standard.retention().unconfirmed()).isEqualTo(Duration.ofSeconds(30));
        assertThat(standard.retention().tombstone()).isEqualTo(Duration.ofMinutes(10));
        assertThat(standard.retention().emptied()).isEqualTo(Duration.ofHours(24));
        assertThat(standard.retention().snapshot()).isEqualTo(Duration.ofHours(1));
        assertThat(standard.retention().interest()).isEqualTo(Duration.ofMinutes(10));
        assertThat(standard.notices().batch()).isEqualTo(1_000);
        assertThat(standard.quarantine())
                .isEqualTo(new QuarantineSettings(
                        Duration.ofSeconds(60), 0.5, 2, 0.2, Duration.ofMinutes(10), 20, 1_000_000));
    }

    @Test
    void impossibleSettingsAreRefusedByKeyAndValue() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new DataSettings.Warming(second, second, Duration.ZERO))
                .hasMessageContaining("twinspan.data.warming-latest is PT0S");
        assertThatThrownBy(() -> new DataSettings.Warming(second.negated(), second, second))
                .hasMessageContaining("twinspan.data.warming-earliest is PT-1S");
        assertThatThrownBy(() -> new DataSettings.Notices(second, second, 0, 1, second))
                .hasMessageContaining("twinspan.data.notices.batch is 0");
        assertThatThrownBy(() -> new DataSettings.Replication(
                        second, second, 0, 1, second, second, second, second.multipliedBy(2), second))
                .hasMessageContaining("twinspan.data.replication.most-in-call is 0");
        assertThatThrownBy(() ->
                        new DataSettings.Replication(second, second, 1, 1, second, second, second, second, second))
                .hasMessageContaining("twinspan.data.replication.promotion is PT1S");
        DataSettings standard = DataSettings.standard();
        assertThatThrownBy(() -> standard.quarantine().withBound(Duration.ZERO))
                .hasMessageContaining("twinspan.data.quarantine-bound is PT0S");
        assertThatThrownBy(() -> standard.quarantine().withServiceShare(1.5))
                .hasMessageContaining("twinspan.data.quarantine-service-share is 1.5");
        assertThatThrownBy(() -> standard.withSessionLease(Duration.ZERO))
                .hasMessageContaining("twinspan.data.session-lease is PT0S");
    }
}
