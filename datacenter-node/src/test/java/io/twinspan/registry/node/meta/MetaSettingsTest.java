package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.slot.plan.PlanLimits;
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
                        65_536,
                        new SlotLimits(Duration.ofSeconds(2), new PlanLimits(2, 64, 64))));
        assertThat(MetaSettings.standard().tick()).isEqualTo(Duration.ofMillis(200));
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
                        1,
                        SlotLimits.standard()))
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
                        1,
                        SlotLimits.standard()))
                .hasMessageContaining("meta.max-members is 0");
        assertThatThrownBy(() -> SlotLimits.standard().with(Duration.ofMillis(1), 2))
                .hasMessageContaining("meta.promotion is PT0.001S");
    }
}
