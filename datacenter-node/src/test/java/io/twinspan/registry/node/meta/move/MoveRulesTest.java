package io.twinspan.registry.node.meta.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.FederationEpoch;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.federation.MoveStage;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoveRulesTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");

    private final MoveRules rules = new MoveRules(EAST, Set.of(WEST, NORTH));

    private static MoveOrder order(String run, long epoch, MoveStage stage) {
        return new MoveOrder(5, run, new FederationEpoch(epoch, WEST), EAST, WEST, stage, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "prepared,  f1, 7, prepared,  ''",
        "prepared,  f1, 7, committed, ''",
        "prepared,  f1, 7, ended,     ''",
        "committed, f1, 7, ended,     ''",
        "committed, f1, 7, prepared,  does not go back",
        "ended,     f1, 7, committed, does not go back",
        "committed, f1, 8, committed, a run does not change that",
        "committed, f2, 8, prepared,  end it first",
        "ended,     f2, 8, prepared,  ''",
        "ended,     f2, 7, prepared,  ''",
        "ended,     f2, 6, prepared,  is below",
        "ended,     f2, 2000, prepared, is more than",
    })
    void whatIsTakenWhileAnotherHolds(String holds, String run, long epoch, String wanted, String refusal) {
        String why = rules.refusal(
                order("f1", 7, MoveStage.ofWord(holds)), order(run, epoch, MoveStage.ofWord(wanted)), null);
        if (refusal.isEmpty()) {
            assertThat(why).isEmpty();
        } else {
            assertThat(why).contains(refusal);
        }
    }

    @Test
    void whatWasNeverOrderedCannotBeEnded() {
        assertThat(rules.refusal(null, order("f1", 7, MoveStage.ENDED), null)).contains("no move");
        assertThat(rules.refusal(null, order("f1", 7, MoveStage.COMMITTED), null))
                .isEmpty();
    }

    @Test
    void strangersAndOthersAffairsAreRefusedByName() {
        FederationEpoch epoch = new FederationEpoch(7, WEST);
        DatacenterId south = new DatacenterId("south");
        assertThat(rules.unusable(new MoveOrder(1, "f1", epoch, EAST, south, MoveStage.PREPARED, 0)))
                .contains("south", "unknown", "[north, west]");
        assertThat(rules.unusable(
                        new MoveOrder(1, "f1", new FederationEpoch(7, south), EAST, WEST, MoveStage.PREPARED, 0)))
                .contains("south");
        assertThat(rules.unusable(new MoveOrder(1, "f1", epoch, NORTH, WEST, MoveStage.PREPARED, 0)))
                .contains("ask one of the two");
        assertThat(rules.unusable(order("f1", 7, MoveStage.PREPARED))).isEmpty();
    }

    @Test
    void whatAPeerHoldsIsTakenWhenItComesAfter() {
        MoveOrder holds = order("f1", 7, MoveStage.PREPARED);
        assertThat(rules.isAdopted(null, holds, null)).isTrue();
        assertThat(rules.isAdopted(holds, holds, null)).isFalse();
        assertThat(rules.isAdopted(holds, holds.at(MoveStage.COMMITTED, 6, 0), null))
                .isTrue();
        assertThat(rules.isAdopted(holds, holds.at(MoveStage.COMMITTED, 4, 0), null))
                .isFalse();
        assertThat(rules.isAdopted(holds, order("f2", 5_000, MoveStage.PREPARED), null))
                .as("a slip of a digit")
                .isFalse();
    }

    /** Under an epoch that nobody has committed a move would stand in the way of every run that is planned later. */
    @Test
    void aMoveIsUnderTheEpochOfTheFederationOrTheNextOne() {
        FederationEpoch known = new FederationEpoch(7, EAST);
        MoveOrder next = order("f1", 8, MoveStage.PREPARED);
        MoveOrder far = order("f1", 9, MoveStage.PREPARED);

        assertThat(rules.refusal(null, next, known)).isEmpty();
        assertThat(rules.refusal(null, far, known)).contains("epoch 9/west is more than one above 7/east");
        assertThat(rules.refusal(order("f0", 6, MoveStage.ENDED), far, known)).contains("more than one above 7/east");
        assertThat(rules.isAdopted(null, next, known)).isTrue();
        assertThat(rules.isAdopted(null, far, known)).isFalse();
        assertThat(rules.refusal(order("f0", 9, MoveStage.ENDED), far, known))
                .as("not above what holds already")
                .isEmpty();
    }
}
