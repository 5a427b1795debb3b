package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncSettingsTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");

    @Test
    void aDatacenterNamedTwiceIsRefusedByName() {
        assertThatThrownBy(() -> settings(peer(WEST), peer(WEST)))
                .hasMessage("sync.peers: datacenter west is named twice");
        assertThatThrownBy(() -> settings(peer(EAST))).hasMessage("sync.peers: datacenter east is named twice");
    }

    @Test
    void aPeerThatCannotBeReachedIsRefused() {
        assertThatThrownBy(() -> new PeerSettings(WEST, "127.0.0.1:19092", List.of()))
                .hasMessageContaining("west")
                .hasMessageContaining("meta-endpoints");
    }

    @Test
    void aBoundThatIsNoneIsRefusedWithItsKeyAndValue() {
        SyncLimits standard = SyncLimits.standard();
        assertThatThrownBy(() -> new SyncLimits(
                        standard.mergeWindow(),
                        standard.announceQueue(),
                        standard.announceBatch(),
                        0,
                        standard.fetchesInFlight(),
                        standard.fetchTimeout(),
                        standard.confirmPause(),
                        standard.retryMin(),
                        standard.retryMax(),
                        standard.announce(),
                        standard.guard()))
                .hasMessageContaining("sync.fetch-batch is 0");
        assertThatThrownBy(() -> new SyncLimits(
                        standard.mergeWindow(),
                        standard.announceQueue(),
                        standard.announceBatch(),
                        standard.fetchBatch(),
                        standard.fetchesInFlight(),
                        standard.fetchTimeout(),
                        standard.confirmPause(),
                        standard.retryMin(),
                        Duration.ZERO,
                        standard.announce(),
                        standard.guard()))
                .hasMessageContaining("sync.retry-max is PT0S");
    }

    private static SyncSettings settings(PeerSettings... peers) {
        return new SyncSettings(EAST, "127.0.0.1:19092", List.of(peers), SyncLimits.standard());
    }

    private static PeerSettings peer(DatacenterId id) {
        return new PeerSettings(id, "127.0.0.1:19092", List.of(new Endpoint("127.0.0.1", 9612)));
    }
}
