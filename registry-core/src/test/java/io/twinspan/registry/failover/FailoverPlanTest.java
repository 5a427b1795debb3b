package io.twinspan.registry.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.message.Holdings;
import io.twinspan.registry.message.SessionTotals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailoverPlanTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Set<DatacenterId> ALL = Set.of(EAST, WEST);
    private static final FederationState STATE = FederationState.NONE.next(EAST, FederationState.oneActive(EAST, ALL));
    private static final long NOW = 1_000_000;
    private static final SessionTotals TOTALS = new SessionTotals(80, 40, 1);

    @Test
    void whenAllIsWellThePlanIsGoWithEveryStepAndSaysWhatItFound() {
        FailoverPlan plan = FailoverPlan.of(facts(STATE, side(WEST, EAST), side(EAST, WEST)));

        assertThat(plan.isGo()).isTrue();
        assertThat(plan.against()).isEmpty();
        assertThat(plan.steps()).isEqualTo(SteppedWorld.PLAIN);
        assertThat(plan.lines())
                .containsExactly(
                        "west: 2 sessions with 10 clients, 8 services of 80 publishers",
                        "east: 2 sessions with 10 clients, 8 services of 80 publishers",
                        "west knows 8 services of east and holds 6 of them (2 by version only, 0 unconfirmed for long),"
                                + " SYNCED, 0.5 s behind",
                        "east knows 8 services of west and holds 6 of them (2 by version only, 0 unconfirmed for long),"
                                + " SYNCED, 0.5 s behind",
                        "10 clients will move, with 80 publishers, 40 subscribers, 1 watchers; west has room for 90"
                                + " more");
    }

    @Test
    void whatCannotBeIsRefusedWithTheReasonForcedOrNot() {
        assertThat(refusal(new DatacenterId("mars"), STATE)).contains("mars is unknown", "[east, west]");
        assertThat(refusal(EAST, STATE)).contains("east is active already, by epoch 1/east");
        assertThat(refusal(WEST, FederationState.NONE)).contains("federation init");
        FederationState conflict = STATE.next(EAST, FederationState.oneActive(EAST, ALL))
                .merge(STATE.next(WEST, FederationState.oneActive(WEST, ALL)));
        assertThat(refusal(EAST, conflict)).contains("in CONFLICT with [2/east]", "federation confirm");
    }

    @Test
    void aRunBesideAnotherOneIsRefusedWhicheverSideIsItsTarget() {
        FailoverFacts.Side busy = new FailoverFacts.Side(
                EAST,
                STATE.epoch(),
                1,
                0,
                100,
                0,
                0,
                0,
                TOTALS,
                true,
                side(EAST, WEST).peers(),
                "f7");

        assertThat(FailoverPlan.of(facts(STATE, side(WEST, EAST), busy)).refusal())
                .contains("run f7 is not over yet");
    }

    @Test
    void withoutTheOtherSideItIsNoGoAndAForcedRunOnlyCommits() {
        FailoverPlan plan = FailoverPlan.of(facts(STATE, side(WEST, EAST), null));

        assertThat(plan.isGo()).isFalse();
        assertThat(plan.against()).singleElement().asString().contains("east does not answer");
        assertThat(plan.steps()).containsExactly(FailoverStep.COMMIT);
        assertThat(plan.losses())
                .anyMatch(loss -> loss.contains("2 services of east of which only the version is known"))
                .anyMatch(loss -> loss.contains("the orderly way of the clients of east"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 10 | 0 | true  | SYNCED      | 0.5 | has no session that answers",
                "2 | 99 | 0 | true  | SYNCED      | 0.5 | west has room for 1 more",
                "2 | 10 | 1 | true  | SYNCED      | 0.5 | 1 nodes of west do not answer",
                "2 | 10 | 0 | false | SYNCED      | 0.5 | slots of west are still warming",
                "2 | 10 | 0 | true  | STALE       | 0.5 | the sync from east is STALE",
                "2 | 10 | 0 | true  | UNREACHABLE | 0.5 | the sync from east is UNREACHABLE",
                "2 | 10 | 0 | true  | LAGGING     | 31  | west is 31 s behind what east has said"
            })
    void eachReasonAgainstIsNamed(
            int sessions, int clients, int silent, boolean isSettled, String word, double lag, String why) {
        FailoverFacts.Side target = new FailoverFacts.Side(
                WEST,
                STATE.epoch(),
                sessions,
                clients,
                100,
                silent,
                80,
                8,
                TOTALS,
                isSettled,
                List.of(new Holdings.OfPeer(EAST, word, 8, 8, 0, lag)),
                "");

        FailoverPlan plan = FailoverPlan.of(facts(STATE, target, side(EAST, WEST)));
        assertThat(plan.isGo()).isFalse();
        assertThat(plan.against()).singleElement().asString().contains(why);
    }

    @Test
    void aTargetThatIsTakenOutOrFollowsAnotherEpochIsNoGo() {
        FederationState out = STATE.next(EAST, Map.of(EAST, Duty.ACTIVE, WEST, Duty.DOWN));

        assertThat(FailoverPlan.of(facts(out, side(WEST, EAST), side(EAST, WEST)))
                        .against())
                .contains("west is taken out: 'twinspan standby in --dc west' when it is in sync")
                .contains("east follows epoch 1/east, not 2/east");
    }

    @Test
    void aPlanIsOfTheEpochAndTheTimeThatItNames() {
        FailoverPlan plan = FailoverPlan.of(facts(STATE, side(WEST, EAST), side(EAST, WEST)));

        String token = plan.token();
        String steps = token.substring(token.lastIndexOf('-'));
        assertThat(token).startsWith("1-east-1000000-");
        assertThat(plan.difference(token, 1_000)).isEmpty();
        assertThat(plan.difference("1-east-998000" + steps, 1_000)).contains("2 s old");
        assertThat(plan.difference("1-east-1004000" + steps, 1_000))
                .as("clocks differ a little")
                .isEmpty();
        assertThat(plan.difference("1-east-1090000" + steps, 1_000)).contains("90 s ahead");
        assertThat(plan.difference("7-west-1000000" + steps, 1_000))
                .contains("computed on epoch 7/west, it is 1/east now");
        assertThat(plan.difference("nonsense", 1_000)).contains("names no plan");
        assertThat(plan.difference("1-east-1000000", 1_000)).contains("names no plan");
        assertThat(plan.difference("", 1_000)).contains("names no plan");
    }

    @Test
    void aPlanNamesWhetherTheOtherSideAnswersAndWhatItsStepsAre() {
        FailoverFacts orderly = facts(STATE, side(WEST, EAST), side(EAST, WEST));
        FailoverPlan inOrder = FailoverPlan.of(orderly);
        FailoverPlan alone = FailoverPlan.of(facts(STATE, side(WEST, EAST), null));
        FailoverPlan hooked = FailoverPlan.of(new FailoverFacts(
                WEST, ALL, STATE, orderly.target(), orderly.source(), NOW, Set.of(FailoverStep.HOOKS_LAST)));

        assertThat(alone.difference(inOrder.token(), 1_000))
                .isEqualTo(
                        "the plan was to move the clients of east in order, and east does not answer now; plan again");
        assertThat(inOrder.difference(alone.token(), 1_000))
                .isEqualTo("the plan was to go without east, and east answers now; plan again");
        assertThat(hooked.difference(inOrder.token(), 1_000))
                .startsWith("the steps of the plan were others; they are [")
                .endsWith("HOOKS_LAST] now; plan again");
    }

    @Test
    void whatSeveralDataNodesHoldIsOneHoldingWithTheWorstWord() {
        List<Holdings.OfPeer> together = FailoverFacts.Side.together(List.of(
                new Holdings(1, 1, true, List.of(new Holdings.OfPeer(EAST, "SYNCED", 8, 3, 1, 0.1))),
                new Holdings(1, 1, true, List.of(new Holdings.OfPeer(EAST, "LAGGING", 7, 4, 0, 2)))));

        assertThat(together).containsExactly(new Holdings.OfPeer(EAST, "LAGGING", 8, 7, 1, 2));
    }

    @Test
    void servicesOfWhichOnlyTheVersionIsKnownAreNamedUpToABound() {
        List<String> many = IntStream.range(0, 60).mapToObj(i -> "service" + i).toList();
        FailoverFacts.Side target = holding(new Holdings.OfPeer(EAST, "SYNCED", 70, 10, 0, 0.1, 0, many));

        FailoverPlan plan = FailoverPlan.of(facts(STATE, target, null));
        assertThat(plan.lines())
                .anyMatch(line -> line.contains("west has not the newest addresses: service0, service1,"));
        assertThat(plan.losses())
                .anyMatch(loss -> loss.contains("60 services of east of which only the version is known")
                        && loss.contains("service49")
                        && !loss.contains("service50"));
        assertThat(FailoverFacts.Side.together(
                        List.of(new Holdings(1, 1, true, target.peers()), new Holdings(1, 1, true, target.peers()))))
                .singleElement()
                .satisfies(held -> assertThat(held.byVersionOnly()).hasSize(Holdings.OfPeer.MOST_NAMES));
    }

    @Test
    void aPlanHasAStepForEachPlaceOfHooksAlsoWithoutTheOtherSide() {
        Set<FailoverStep> hooked = Set.of(FailoverStep.HOOKS_BEFORE_COMMIT, FailoverStep.HOOKS_LAST);
        FailoverFacts alone = new FailoverFacts(WEST, ALL, STATE, side(WEST, EAST), null, NOW, hooked);

        assertThat(FailoverPlan.of(alone).steps())
                .containsExactly(FailoverStep.HOOKS_BEFORE_COMMIT, FailoverStep.COMMIT, FailoverStep.HOOKS_LAST);
    }

    @Test
    void clientsOfAnotherSideAreGatheredByTheActiveOneWithoutADecision() {
        FailoverFacts facts = new FailoverFacts(EAST, ALL, STATE, side(EAST, WEST), side(WEST, EAST), NOW, Set.of());

        FailoverPlan plan = FailoverPlan.of(facts);
        assertThat(plan.isGo()).as(plan.toString()).isTrue();
        assertThat(facts.from()).contains(WEST);
        assertThat(plan.steps())
                .containsExactly(
                        FailoverStep.HOLD_SHRINK,
                        FailoverStep.WARM,
                        FailoverStep.IN_SYNC,
                        FailoverStep.MOVE,
                        FailoverStep.RELEASE);
    }

    @Test
    void whatIsRegisteredIsComparedByPercent() {
        SessionTotals before = new SessionTotals(1_000, 200, 0);

        assertThat(new SessionTotals(990, 198, 0).below(before, 99)).isEmpty();
        assertThat(new SessionTotals(989, 200, 5).below(before, 99)).containsExactly("989 publishers of 1000");
        assertThat(new SessionTotals(1_000, 197, 0).below(before, 99)).containsExactly("197 subscribers of 200");
        assertThat(SessionTotals.NONE.below(SessionTotals.NONE, 99)).isEmpty();
    }

    private static FailoverFacts.Side holding(Holdings.OfPeer held) {
        return new FailoverFacts.Side(WEST, STATE.epoch(), 2, 10, 100, 0, 80, 8, TOTALS, true, List.of(held), "");
    }

    private static String refusal(DatacenterId to, FederationState state) {
        FailoverPlan plan =
                FailoverPlan.of(new FailoverFacts(to, ALL, state, side(WEST, EAST), side(EAST, WEST), NOW, Set.of()));
        assertThat(plan.isGo()).isFalse();
        assertThat(plan.steps()).isEmpty();
        return plan.refusal();
    }

    private static FailoverFacts facts(
            FederationState state, FailoverFacts.Side target, FailoverFacts.@Nullable Side source) {
        return new FailoverFacts(WEST, ALL, state, target, source, NOW, Set.of());
    }

    private static FailoverFacts.Side side(DatacenterId own, DatacenterId peer) {
        return new FailoverFacts.Side(
                own,
                STATE.epoch(),
                2,
                10,
                100,
                0,
                80,
                8,
                TOTALS,
                true,
                List.of(new Holdings.OfPeer(peer, "SYNCED", 8, 6, 0, 0.5)),
                "");
    }
}
