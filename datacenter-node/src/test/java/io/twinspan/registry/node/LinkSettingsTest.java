package io.twinspan.registry.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.node.bolt.PeerTransportSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkSettingsTest {
    @Test
    void whatIsAskedForIsKeptWithinItsBound() {
        assertThat(LinkSettings.of(10)).isEqualTo(new LinkSettings(10, Duration.ofSeconds(2)));
        assertThat(LinkSettings.of(64).dataConnections())
                .isEqualTo(PeerTransportSettings.standard().maxConnections());
        assertThatThrownBy(() -> LinkSettings.of(65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("twinspan.session.data-connections is 65; take 1 to 64");
        assertThatThrownBy(() -> LinkSettings.of(0)).hasMessageContaining("data-connections is 0");
    }
}
