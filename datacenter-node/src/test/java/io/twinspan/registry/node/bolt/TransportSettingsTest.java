package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDefaultsAreWhatTheyAreSaidToBe() {
        assertThat(PeerTransportSettings.standard())
                .isEqualTo(new PeerTransportSettings(67_108_864, 1_000, 64, 10_000, SECOND, Duration.ofSeconds(3)));
        assertThat(ClientEdgeSettings.standard())
                .isEqualTo(new ClientEdgeSettings(
                        10_485_760,
                        20_000,
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        16_777_216,
                        256));
    }

    @Test
    void aBoundThatBoundsNothingIsRefusedByItsKey() {
        assertThatThrownBy(() -> new PeerTransportSettings(0, 1, 1, 1, SECOND, SECOND))
                .hasMessage("peer-transport.frame-limit-bytes is 0; take at least 1");
        assertThatThrownBy(() -> new PeerTransportSettings(1, 1, 0, 1, SECOND, SECOND))
                .hasMessage("peer-transport.max-connections is 0; take at least 1");
        assertThatThrownBy(() -> new PeerTransportSettings(1, 1, 1, 1, Duration.ZERO, SECOND))
                .hasMessageContaining("peer-transport.connect-timeout is PT0S");
        assertThatThrownBy(() -> new PeerTransportSettings(1, 1, 1, 1, SECOND, Duration.ofHours(1)))
                .hasMessageContaining("peer-transport.silence is PT1H");
        assertThatThrownBy(() -> new ClientEdgeSettings(9_999, 0, SECOND, SECOND, SECOND, 9_999, 1))
                .hasMessage("client-edge.max-connections is 0; take at least 1");
        assertThatThrownBy(() -> new ClientEdgeSettings(9_999, 1, Duration.ofHours(1), SECOND, SECOND, 9_999, 1))
                .hasMessageContaining("client-edge.idle is PT1H");
    }
}
