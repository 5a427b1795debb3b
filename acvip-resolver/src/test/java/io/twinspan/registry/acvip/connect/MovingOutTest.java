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
        moving.onAnswer(epoch(7, "east"), Set.of("east"), 0);
        moving.onAnswer(epoch(8, "east"), Set.of("east"), SECOND);
        assertThat(moving.isOut("east")).isFalse();
        assertThat(moving.wave(List.of(), false, 100 * SECOND)).isEmpty();
    }

    @Test
    void sessionsHaveTheirTimeAndThenStreamsGoInWavesOfAFifth() {
        moving.onAnswer(epoch(7, "east"), Set.of("east"), 0);
        moving.onAnswer(epoch(8, "west"), Set.of("west"), SECOND);
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
        moving.onAnswer(epoch(7, "east"), Set.of("east"), 0);
        moving.onAnswer(epoch(8, "west"), Set.of("west"), SECOND);
        List<Integer> streams = List.of(1, 2, 3);
        assertThat(moving.wave(streams, true, 20 * SECOND)).isEmpty();
        assertThat(moving.wave(streams, false, 21 * SECOND)).containsExactly(1);
    }

    @Test
    void anAnswerWithoutAddressesMovesNobody() {
        moving.onAnswer(epoch(7, "east"), Set.of("east"), 0);
        moving.onAnswer(epoch(8, "west"), Set.of(), SECOND);
        assertThat(moving.isOut("east")).isFalse();
    }

    @Test
    void aStreamOfNobodyKnowsWhereStays() {
        moving.onAnswer(epoch(7, "east"), Set.of("east"), 0);
        assertThat(moving.isOut("")).isFalse();
    }

    @Test
    void afterADoubleForceEverybodyStaysUntilItIsConfirmed() {
        moving.onAnswer(epoch(8, "east"), Set.of("east"), 0);
        moving.onAnswer(epoch(8, "west"), Set.of("west"), SECOND);
        assertThat(moving.isOut("east")).isFalse();
        moving.onAnswer(epoch(9, "west"), Set.of("west"), 2 * SECOND);
        assertThat(moving.isOut("east")).isTrue();
    }

    private static Optional<FederationEpoch> epoch(long number, String issuer) {
        return Optional.of(new FederationEpoch(number, new DatacenterId(issuer)));
    }
}
