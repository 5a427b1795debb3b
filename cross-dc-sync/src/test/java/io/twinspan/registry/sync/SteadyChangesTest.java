package io.twinspan.registry.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes that never pause while Kafka is away: whenever a peer is asked, one of its slots is at a later place than here. */
class SteadyChangesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int OLDEST_SECONDS = 10;
    private static final DataInfoId BUSY = service(0);
    private static final DataInfoId BESIDE_IT = IntStream.range(1, 100_000)
            .mapToObj(SteadyChangesTest::service)
            .filter(each -> SlotId.of(each).equals(SlotId.of(BUSY)))
            .findFirst()
            .orElseThrow();
    private static final DataInfoId OF_THE_SAME_NODE = IntStream.range(1, 100_000)
            .mapToObj(SteadyChangesTest::service)
            .filter(each -> !SlotId.of(each).equals(SlotId.of(BUSY)) && node(each) == node(BUSY))
            .findFirst()
            .orElseThrow();

    private final TwoSides world = new TwoSides(21);
    private final TwoSides.Side east = world.side(TwoSides.EAST);
    private final TwoSides.Side west = world.side(TwoSides.WEST);
    private final HeldDatums held = Objects.requireNonNull(west.held.get(0));

    @Test
    void withoutKafkaABusySlotIsFollowedAndWhatNobodyTouchedDoesNotAge() {
        List<DataInfoId> untouched = List.of(BESIDE_IT, OF_THE_SAME_NODE);
        untouched.forEach(id -> east.change(id, 1));
        untouched.forEach(west::want);
        east.change(BUSY, 1);
        west.want(BUSY);
        world.pass(SECOND.multipliedBy(10));
        world.topics.setDown(true);

        List<PeerState> states = new ArrayList<>();
        Deque<DatumVersion> lately = new ArrayDeque<>();
        for (int second = 0; second < 150; second++) {
            boolean isOnTheWay = second < 30;
            east.change(BUSY, 1 + second % 3);
            lately.addLast(Objects.requireNonNull(east.truth.get(BUSY)).version());
            if (lately.size() > OLDEST_SECONDS + 1) {
                lately.removeFirst();
            }
            world.pass(SECOND);
            states.add(west.status(0).state());
            if (!isOnTheWay) {
                assertThat(lately).as("second %s", second).contains(held.held(TwoSides.EAST, BUSY));
            }
            if (second % OLDEST_SECONDS == 0) {
                if (!isOnTheWay) {
                    assertThat(held.agreed).as("second %s", second).containsKeys(BESIDE_IT, OF_THE_SAME_NODE);
                }
                held.agreed.clear();
            }
        }
        assertThat(states).doesNotContain(PeerState.INCOMPATIBLE);
        assertThat(states.subList(30, 150)).isSubsetOf(PeerState.SYNCED, PeerState.LAGGING);
    }

    @Test
    void leadersThatChangeAndBusySlotsAreNotTakenForAPeerThatContradictsItself() {
        east.change(BUSY, 1);
        west.want(BUSY);
        world.pass(SECOND.multipliedBy(10));
        world.topics.setDown(true);
        for (int second = 0; second < 150; second++) {
            if (second % 20 == 0) {
                east.moveLeader(SlotId.of(BUSY).number());
            }
            east.change(BUSY, 1 + second % 3);
            world.pass(SECOND);
            assertThat(west.status(0).state()).isNotEqualTo(PeerState.INCOMPATIBLE);
        }
    }

    private static int node(DataInfoId id) {
        return SlotId.of(id).number() % TwoSides.NODES;
    }

    private static DataInfoId service(int number) {
        return DataInfoId.of("com.example.Service" + number);
    }
}
