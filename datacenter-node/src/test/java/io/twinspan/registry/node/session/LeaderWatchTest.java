package io.twinspan.registry.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.SlotId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderWatchTest {
    private static final NodeId D1 = new NodeId("d1");
    private static final SlotId ONE = new SlotId(1);
    private static final SlotId TWO = new SlotId(2);
    private static final List<SlotId> BOTH = List.of(ONE, TWO);

    private final LeaderWatch watch = new LeaderWatch();

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void leaderThatDoesNotAnswerIsPassedOverAfterTheSilence() {
        for (long second = 1; second <= 3; second++) {
            watch.onAsked(List.of(D1), at(second * 1000));
            assertThat(watch.abandoned(D1, BOTH, at(second * 1000))).isEmpty();
        }
        watch.onAsked(List.of(D1), at(4000));
        assertThat(watch.abandoned(D1, BOTH, at(4000))).isEqualTo(BOTH);
        watch.onAnswered(D1, BOTH, List.of(), at(4100));
        assertThat(watch.abandoned(D1, BOTH, at(4200))).isEmpty();
    }

    @Test
    void slotThatItsLeaderRefusesIsPassedOverAlone() {
        for (long second = 1; second <= 5; second++) {
            watch.onAsked(List.of(D1), at(second * 1000));
            watch.onAnswered(D1, BOTH, List.of(TWO), at(second * 1000));
        }
        assertThat(watch.abandoned(D1, BOTH, at(5000))).containsExactly(TWO);
        watch.onAnswered(D1, BOTH, List.of(), at(5500));
        assertThat(watch.abandoned(D1, BOTH, at(5500))).isEmpty();
    }

    @Test
    void ownPauseSaysNothingAboutLeaders() {
        watch.onAsked(List.of(D1), at(1000));
        watch.onAsked(List.of(D1), at(60_000));
        assertThat(watch.abandoned(D1, BOTH, at(60_000))).isEmpty();
    }
}
