package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.FaultyTopics.Fate;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One data node of a peer is not heard over Kafka while its others are. */
class SilentNodeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final DataInfoId LED_BY_THE_SILENT_ONE = IntStream.range(0, 1_000)
            .mapToObj(number -> DataInfoId.of("com.example.Service" + number))
            .filter(each -> SlotId.of(each).number() % TwoSides.NODES == 1)
            .findFirst()
            .orElseThrow();

    private final TwoSides world = new TwoSides(31);
    private final TwoSides.Side east = world.side(TwoSides.EAST);
    private final TwoSides.Side west = world.side(TwoSides.WEST);

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"LOST", "NEWER"})
    void itsSlotsAreAskedForDirectlyThoughOthersAreHeard(Fate fate) {
        west.want(LED_BY_THE_SILENT_ONE);
        world.pass(SECOND.multipliedBy(10));
        world.topics.setFateOf("east-1", fate);
        world.pass(SECOND.multipliedBy(10));
        for (int round = 0; round < 3; round++) {
            east.change(LED_BY_THE_SILENT_ONE, 1 + round);
            world.pass(SECOND.multipliedBy(round == 0 ? 60 : 20));
            PeerStatus status = west.status(0);
            assertThat(status.path()).isEqualTo(SyncPath.KAFKA);
            assertThat(status.state()).as("%s", status).isEqualTo(PeerState.SYNCED);
            assertThat(Objects.requireNonNull(west.held.get(0)).held(TwoSides.EAST, LED_BY_THE_SILENT_ONE))
                    .isEqualTo(Objects.requireNonNull(east.truth.get(LED_BY_THE_SILENT_ONE))
                            .version());
        }
        for (int second = 0; second < 60; second++) {
            world.pass(SECOND);
            assertThat(west.status(0).state()).as("second %s", second).isEqualTo(PeerState.SYNCED);
        }
    }
}
