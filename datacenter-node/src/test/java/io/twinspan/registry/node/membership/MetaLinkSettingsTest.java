package io.twinspan.registry.node.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetaLinkSettingsTest {
    @Test
    void standardRenewsEachSecond() {
        assertThat(MetaLinkSettings.standard())
                .isEqualTo(new MetaLinkSettings(
                        Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofMillis(1_200), 4 << 20));
    }

    @Test
    void refusalNamesKeyAndValue() {
        assertThatThrownBy(() -> new MetaLinkSettings(Duration.ofSeconds(1), Duration.ZERO, Duration.ofSeconds(2), 1))
                .hasMessageContaining("meta-link.retry-every is PT0S");
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new MetaLinkSettings(second, second, second, 0))
                .hasMessageContaining("meta-link.provided-bytes is 0");
    }
}
