package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.sync.FaultyTopics.Fate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Slots of a peer that a node has heard nothing of since it began. */
class UnheardSlotsTest {
    private final TwoSides world = new TwoSides(41);
    private final TwoSides.Side west = world.side(TwoSides.WEST);

    @Test
    void whatWasNeverHeardOfIsInDoubtThoughTheRestAgrees() {
        for (int service = 0; service < 100; service++) {
            world.side(TwoSides.EAST).change(DataInfoId.of("com.example.Service" + service), 1);
        }
        world.pass(Duration.ofSeconds(10));
        assertThat(west.status(0).state()).isEqualTo(PeerState.SYNCED);
        world.topics.setFateOf("east-1", Fate.LOST);
        world.setCut(true);
        west.restart(0);

        world.pass(Duration.ofSeconds(10));
        PeerStatus status = west.status(0);
        assertThat(status.path()).isEqualTo(SyncPath.KAFKA);
        assertThat(status.state()).isEqualTo(PeerState.LAGGING);
        assertThat(status.facts().slotsInDoubt()).isEqualTo(128);
        assertThat(status.facts().inDoubtFor()).isEqualTo(Duration.ofSeconds(10));
        assertThat(status.lagSeconds()).isNull();
        assertThat(gap().unknown()).isEqualTo(128);

        world.pass(Duration.ofSeconds(30));
        assertThat(west.status(0).state()).isEqualTo(PeerState.STALE);
        world.setCut(false);
        world.pass(Duration.ofSeconds(20));
        assertThat(west.status(0).state()).isEqualTo(PeerState.SYNCED);
        assertThat(gap().unknown()).isZero();
    }

    private PeerGap gap() {
        var gap = west.syncs.get(0).gap(TwoSides.EAST).toCompletableFuture();
        world.pass(Duration.ZERO);
        return gap.join();
    }
}
