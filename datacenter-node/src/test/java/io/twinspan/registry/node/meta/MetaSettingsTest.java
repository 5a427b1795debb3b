package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetaSettingsTest {
    @Test
    void standardIsWhatTheDesignSays() {
        assertThat(MetaSettings.standard())
                .isEqualTo(new MetaSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        10_000,
                        10_000,
                        65_536));
        assertThat(MetaSettings.standard().tick()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void refusalNamesKeyAndValue() {
        assertThatThrownBy(() -> new MetaSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(9),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        1,
                        1,
                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("meta.data-absence is PT9S");
        assertThatThrownBy(() -> new MetaSettings(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1),
                        0,
                        1,
                        1))
                .hasMessageContaining("meta.max-members is 0");
    }
}
