package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MovingOutTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final MovingOut moving = new MovingOut(Duration.ofSeconds(10), 20);

    @Test
    void nothingMovesBeforeAnythingIsKnownAndWhileTheDatacenterIsTheSame() {
        assertThat(moving.isOut("east")).isFalse();
        hear(7, "east", "east", 0);
        hear(8, "east", "east", SECOND);
        assertThat(moving.isOut("east")).isFalse();
        assertThat(moving.wave(List.of(), false, 100 * SECOND)).isEmpty();
    }

    @Test
    void sessionsHaveTheirTimeAndThenStreamsGoInWavesOfAFifth() {
        hear(7, "east", "east", 0);
        hear(8, "west", "west", SECOND, "east");
        List<Integer> streams = IntStream.range(0, 12).boxed().toList();
        assertThat(moving.isOut("east")).isTrue();
        assertThat(moving.isOut("west")).isFalse();
        assertThat(moving.wave(streams, false, 10 * SECOND)).isEmpty();
        assertThat(moving.wave(streams, false, 11 * SECOND)).containsExactly(0, 1, 2);
        assertThat(moving.wave(streams.subList(3, 12), false, 12 * SECOND)).containsExactly(3, 4, 5);
        assertThat(moving.wave(List.of(11), false, 13 * SECOND)).containsExactly(11);
    }

    @Test
    void whileSomebodyWaitsWhereClientsAreLedNobodyIsSentAfter() {
        hear(7, "east", "east", 0);
        hear(8, "west", "west", SECOND, "east");
        List<Integer> streams = List.of(1, 2, 3);
        assertThat(moving.wave(streams, true, 20 * SECOND)).isEmpty();
        assertThat(moving.wave(streams, false, 21 * SECOND)).containsExactly(1);
    }

    @Test
    void anAnswerWithoutAddressesMovesNobody() {
        hear(7, "east", "east", 0);
        moving.onAnswer(epoch(8, "west"), Set.of(), Set.of("east"), SECOND);
        assertThat(moving.isOut("east")).isFalse();
    }

    @Test
    void aStreamOfNobodyKnowsWhereStays() {
        hear(7, "east", "east", 0, "west");
        assertThat(moving.isOut("")).isFalse();
    }

    @Test
    void afterADoubleForceEverybodyStaysUntilItIsConfirmed() {
        hear(8, "east", "east", 0);
        hear(8, "west", "west", SECOND, "east");
        assertThat(moving.isOut("east")).isFalse();
        hear(9, "west", "west", 2 * SECOND, "east");
        assertThat(moving.isOut("east")).isTrue();
    }

    @Test
    void aDatacenterThatStandsByOrWasDeclaredLostKeepsItsStreamsAndIsEmptiedOnlyInOrder() {
        hear(7, "east", "east", 0);
        hear(8, "west", "west", SECOND);
        assertThat(moving.isOut("east")).isFalse();

        hear(9, "west", "west", 60 * SECOND, "east");
        assertThat(moving.isOut("east")).isTrue();
        assertThat(moving.wave(List.of(1), false, 69 * SECOND))
                .as("its sessions have their time from then on")
                .isEmpty();
        assertThat(moving.wave(List.of(1), false, 70 * SECOND)).containsExactly(1);

        hear(10, "west", "west", 71 * SECOND);
        assertThat(moving.isOut("east")).as("the run is over").isFalse();
    }

    @Test
    void aDatacenterThatDrainsAndIsNamedBecauseNobodyElseLivesKeepsItsStreams() {
        hear(8, "west", "east", 0, "east");
        assertThat(moving.isOut("east")).isFalse();
    }

    @Test
    void whileNothingIsDecidedClientsGoHomeFromWhereTheyFoundRefuge() {
        moving.onAnswer(Optional.empty(), Set.of("west"), Set.of(), 0);
        moving.onAnswer(Optional.empty(), Set.of("east"), Set.of(), SECOND);
        assertThat(moving.isOut("west")).isTrue();
        hear(1, "east", "east", 2 * SECOND);
        assertThat(moving.isOut("west"))
                .as("from the first decision on somebody has to order it")
                .isFalse();
    }

    private void hear(long number, String issuer, String named, long now, String... draining) {
        moving.onAnswer(epoch(number, issuer), Set.of(named), Set.of(draining), now);
    }

    private static Optional<FederationEpoch> epoch(long number, String issuer) {
        return Optional.of(new FederationEpoch(number, new DatacenterId(issuer)));
    }
}
