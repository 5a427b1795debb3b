package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.RemovalCause;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuarantineDecisionTest {
    private static final DataInfoId PAY = DataInfoId.of("pay");
    private static final DataInfoId STOCK = DataInfoId.of("stock");
    private static final NodeId S1 = new NodeId("s1");
    private static final NodeId S2 = new NodeId("s2");
    private static final long WINDOW = QuarantineSettings.standard().window().toNanos();

    private final Quarantine quarantine = new Quarantine(QuarantineSettings.standard());

    @ParameterizedTest
    @EnumSource(RemovalCause.class)
    void whatAClientsSocketOrAnOperatorSaidIsNeverHeld(RemovalCause cause) {
        boolean isWord = cause == RemovalCause.CLIENT_OFF || cause == RemovalCause.CLIENT_CLOSED;
        // What moves is not taken away at all.
        assertThat(cause.mayBeHeld()).isEqualTo(!isWord && cause != RemovalCause.MOVING);
    }

    @ParameterizedTest(name = "{0} of {1}, of a source that has {2} more: held {3}")
    @CsvSource({
        "6, 10, 1000, true",
        "5, 10, 1000, false",
        "4, 10, 1000, false",
        "2, 3, 1000, true",
        "2, 4, 1000, false",
        "2, 2, 1000, true",
        // One alone is too little to be a sign of anything, unless its source has lost much.
        "1, 1, 1000, false",
        "1, 1, 4, false",
        "1, 1, 3, true",
        "1, 2, 0, false",
        "1, 1, 0, true",
        "4, 10, 0, false"
    })
    void aServiceIsHeldByShareAndNumber(int leaving, int listed, int othersOfSource, boolean isHeld) {
        Set<DataInfoId> held = quarantine.judge(
                List.of(new Quarantine.Departure(PAY, S1, "zone", leaving)),
                present(listed, 0, leaving + othersOfSource, 100_000),
                0);
        assertThat(held).isEqualTo(isHeld ? Set.of(PAY) : Set.of());
    }

    @ParameterizedTest(name = "{0} s apart: held {1}")
    @CsvSource({"1, true", "54, true", "61, false", "600, false"})
    void removalsWithinTheWindowCountTogether(long seconds, boolean isHeld) {
        assertThat(quarantine.judge(one(3), present(10, 0, 1000, 1000), 0)).isEmpty();
        long later = Duration.ofSeconds(seconds).toNanos();
        quarantine.onTick(later);
        assertThat(quarantine.judge(one(3), present(7, 0, 1000, 1000), later))
                .isEqualTo(isHeld ? Set.of(PAY) : Set.of());
    }

    @Test
    void theShareIsOfWhatTheServiceHadWhenTheWindowBegan() {
        for (int i = 0; i < 5; i++) {
            assertThat(quarantine.judge(one(1), present(10 - i, 0, 1000, 1000), i))
                    .isEmpty();
        }
        assertThat(quarantine.judge(one(1), present(5, 0, 1000, 1000), 5)).containsExactly(PAY);
    }

    @Test
    void whatIsHeldAlreadyCountsForAsLongAsItIs() {
        assertThat(quarantine.judge(one(2), present(10, 4, 1000, 1000), 10 * WINDOW))
                .containsExactly(PAY);
        assertThat(quarantine.judge(one(2), present(10, 3, 1000, 1000), 10 * WINDOW))
                .isEmpty();
    }

    @Test
    void everythingThatGoesAtOnceIsJudgedTogether() {
        List<Quarantine.Departure> both =
                List.of(new Quarantine.Departure(PAY, S1, "zone", 3), new Quarantine.Departure(PAY, S2, "zone", 3));
        assertThat(quarantine.judge(both, present(10, 0, 1000, 1000), 0)).containsExactly(PAY);
    }

    @Test
    void aZoneThatHasLostMuchIsASourceToo() {
        List<Quarantine.Departure> both =
                List.of(new Quarantine.Departure(PAY, S1, "zone", 1), new Quarantine.Departure(STOCK, S2, "zone", 1));
        assertThat(quarantine.judge(both, present(1, 0, 1000, 9), 0)).containsExactlyInAnyOrder(PAY, STOCK);
        assertThat(new Quarantine(QuarantineSettings.standard()).judge(both, present(1, 0, 1000, 10), 0))
                .isEmpty();
    }

    @Test
    void smallServicesOfAnotherSourceAreNotHeldWithIt() {
        List<Quarantine.Departure> both =
                List.of(new Quarantine.Departure(PAY, S1, "a", 1), new Quarantine.Departure(STOCK, S2, "b", 1));
        Quarantine.Present present =
                new Quarantine.Present(service -> 1, service -> 0, node -> node.equals(S1) ? 1 : 1000, zone -> 1000);
        assertThat(quarantine.judge(both, present, 0)).containsExactly(PAY);
    }

    private static List<Quarantine.Departure> one(int leaving) {
        return List.of(new Quarantine.Departure(PAY, S1, "zone", leaving));
    }

    private static Quarantine.Present present(int listed, int held, int ofSession, int ofZone) {
        return new Quarantine.Present(service -> listed, service -> held, node -> ofSession, zone -> ofZone);
    }
}
