package io.twinspan.registry.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.DatacenterId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FederationStateTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DatacenterId NORTH = new DatacenterId("north");
    private static final Set<DatacenterId> ALL = Set.of(EAST, WEST, NORTH);

    private static final FederationState FIRST = FederationState.NONE.next(EAST, FederationState.oneActive(EAST, ALL));

    @Test
    void theFirstDecisionMakesOneActiveAndTheOthersStandBy() {
        assertThat(FIRST.epoch()).isEqualTo(new FederationEpoch(1, EAST));
        assertThat(FIRST.duties()).isEqualTo(Map.of(EAST, Duty.ACTIVE, WEST, Duty.STANDBY, NORTH, Duty.STANDBY));
        assertThat(FIRST.active()).contains(EAST);
        assertThat(FederationState.NONE.duty(EAST)).isEqualTo(Duty.JOINING);
        assertThat(FederationState.NONE.active()).isEmpty();
    }

    @Test
    void whoeverHasNotDecidedFollowsAnybody() {
        assertThat(FederationState.NONE.merge(FIRST)).isEqualTo(FIRST);
        assertThat(FIRST.merge(FederationState.NONE)).isEqualTo(FIRST);
        assertThat(FederationState.NONE.refusal(FIRST)).isEmpty();
    }

    @Test
    void aHigherEpochIsFollowedAndALowerOneChangesNothing() {
        FederationState second = active(FIRST, WEST);

        assertThat(FIRST.merge(second)).isEqualTo(second);
        assertThat(second.merge(FIRST)).isEqualTo(second);
        assertThat(second.isConflict()).isFalse();
    }

    @Test
    void aDoubleForceIsAConflictOnBothSidesWhichChooseAlike() {
        FederationState east = active(FIRST, EAST);
        FederationState west = active(FIRST, WEST);

        FederationState both = east.merge(west);
        assertThat(both).isEqualTo(west.merge(east));
        assertThat(both.epoch()).isEqualTo(new FederationEpoch(2, WEST));
        assertThat(both.contested()).containsExactly(new FederationEpoch(2, EAST));
        assertThat(both.active()).contains(WEST);
    }

    @Test
    void aDoubleForceIsAConflictAlsoWhenOneSideHasDecidedMoreOften() {
        FederationState east = active(active(FIRST, EAST), EAST);
        FederationState west = active(FIRST, WEST);

        FederationState both = west.merge(east);
        assertThat(both).isEqualTo(east.merge(west));
        assertThat(both.epoch()).isEqualTo(new FederationEpoch(3, EAST));
        assertThat(both.contested()).containsExactly(new FederationEpoch(2, WEST));
    }

    @Test
    void onlyADecisionThatSettlesItEndsAConflictForEverybody() {
        FederationState east = active(FIRST, EAST);
        FederationState both = east.merge(active(FIRST, WEST));

        FederationState decidedOnTop = active(both, WEST);
        assertThat(decidedOnTop.isConflict()).isTrue();
        FederationState settled = both.settled(WEST, FederationState.oneActive(EAST, ALL));
        assertThat(settled.isConflict()).isFalse();
        assertThat(settled.active()).contains(EAST);
        assertThat(both.merge(settled)).isEqualTo(settled);
        assertThat(east.merge(settled)).as("one who knew only the loser").isEqualTo(settled);
        assertThat(settled.merge(east)).as("a straggler").isEqualTo(settled);
    }

    @Test
    void whatIsTooFarAheadIsRefusedWithBothNamed() {
        FederationEpoch far = new FederationEpoch(2 + FederationEpoch.FARTHEST_AHEAD, WEST);
        FederationState offered = new FederationState(far, Map.of(WEST, Duty.ACTIVE), List.of(far), Set.of(), Set.of());

        assertThat(FIRST.refusal(offered)).contains("epoch 1002/west", "epoch 1/east", "not believed");
        FederationEpoch near = new FederationEpoch(1 + FederationEpoch.FARTHEST_AHEAD, WEST);
        assertThat(FIRST.refusal(new FederationState(near, Map.of(), List.of(near), Set.of(), Set.of())))
                .isEmpty();
    }

    @Test
    void oneEpochWithTwoContentsIsAConflictWithItselfUntilItIsSettled() {
        FederationState one = active(FIRST, WEST);
        FederationState other = FIRST.next(WEST, Map.of(EAST, Duty.DOWN, WEST, Duty.ACTIVE));

        FederationState both = one.merge(other);
        assertThat(both).isEqualTo(other.merge(one));
        assertThat(both.contested()).containsExactly(new FederationEpoch(2, WEST));
        assertThat(both.merge(one)).isEqualTo(both);
        FederationState settled = both.settled(EAST, FederationState.oneActive(EAST, ALL));
        assertThat(settled.merge(both)).isEqualTo(settled);
        assertThat(settled.isConflict()).isFalse();
    }

    @Test
    void twoActiveDatacentersAreNoDecision() {
        assertThatThrownBy(() -> FIRST.next(EAST, Map.of(EAST, Duty.ACTIVE, WEST, Duty.ACTIVE)))
                .hasMessageContaining("two active");
    }

    @Test
    void whatIsRememberedIsBoundedAndOldDecisionsAreNoConflict() {
        FederationState state = FIRST;
        for (int i = 0; i < 3 * FederationState.REMEMBERED; i++) {
            state = active(state, i % 2 == 0 ? WEST : EAST);
        }
        assertThat(state.lineage()).hasSize(FederationState.REMEMBERED);
        assertThat(FIRST.merge(state)).isEqualTo(state);
        assertThat(state.merge(FIRST).isConflict()).isFalse();
    }

    /** Three datacenters decide and hear of each other in any order; whoever has heard all of it agrees. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void whoeverHasHeardTheSameAgreesInWhateverOrder(long seed) {
        Random random = new Random(seed);
        List<DatacenterId> names = List.of(EAST, WEST, NORTH);
        List<FederationState> known = new ArrayList<>(List.of(FIRST, FIRST, FIRST));
        List<FederationState> said = new ArrayList<>(List.of(FIRST));
        for (int i = 0; i < 12; i++) {
            int who = random.nextInt(3);
            int other = random.nextInt(3);
            FederationState own = known.get(who);
            FederationState next = switch (random.nextInt(3)) {
                case 0 -> active(own, names.get(who));
                case 1 ->
                    own.isConflict()
                            ? own.settled(names.get(who), FederationState.oneActive(names.get(other), ALL))
                            : own;
                default -> own.merge(known.get(other));
            };
            assertThat(next.merge(own)).as("never below what was known").isEqualTo(next);
            known.set(who, next);
            said.add(next);
        }
        FederationState together = said.stream().reduce(FederationState.NONE, FederationState::merge);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(said, random);
            FederationState again = said.stream().reduce(FederationState.NONE, FederationState::merge);
            assertThat(again).isEqualTo(together);
            assertThat(again.merge(together)).isEqualTo(together);
        }
        assertThat(known.get(0).merge(known.get(1)).merge(known.get(2))).isEqualTo(together);
    }

    @Test
    void theLineSaysWhatAnOperatorMustKnow() {
        assertThat(FederationView.none(EAST).line()).isEmpty();
        assertThat(new FederationView(EAST, FederationState.NONE, true, Set.of()).duty())
                .as("one without peers")
                .isEqualTo(Duty.ACTIVE);
        assertThat(new FederationView(EAST, FIRST, false, Set.of()).line())
                .isEqualTo("east ACTIVE, epoch 1/east, confirmed");
        assertThat(new FederationView(EAST, FIRST, false, Set.of(WEST, NORTH)).line())
                .isEqualTo("east ACTIVE, epoch 1/east, unconfirmed by north, west");
        FederationState both = active(FIRST, EAST).merge(active(FIRST, WEST));
        assertThat(new FederationView(EAST, both, false, Set.of()).line())
                .startsWith("east STANDBY, epoch 2/west, confirmed, CONFLICT with 2/east");
        assertThat(new FederationView(EAST, both, false, Set.of(WEST)).decision())
                .startsWith("east STANDBY, epoch 2/west, CONFLICT with 2/east");
    }

    private static FederationState active(FederationState before, DatacenterId active) {
        return before.next(active, FederationState.oneActive(active, ALL));
    }
}
