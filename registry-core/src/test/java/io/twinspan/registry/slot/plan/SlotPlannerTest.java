package io.twinspan.registry.slot.plan;

import static io.twinspan.registry.slot.plan.PlanBench.assertEven;
import static io.twinspan.registry.slot.plan.PlanBench.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule by itself, with two replicas of each slot unless said. */
class SlotPlannerTest {
    private static final NodeId D1 = PlanBench.node(1);
    private static final NodeId D2 = PlanBench.node(2);
    private static final NodeId D3 = PlanBench.node(3);

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 2", "2, 3", "2, 4", "2, 7", "3, 2", "3, 3", "3, 5", "4, 6"})
    void leadersAndFollowersAreSpreadEvenly(int replicas, int nodes) {
        PlanBench bench = settled(replicas, nodes);
        assertEven(bench.led().values(), SlotId.COUNT);
        int wanted = Math.min(replicas, nodes);
        assertEven(bench.followed().values(), SlotId.COUNT * (wanted - 1));
        assertThat(bench.table.slots())
                .allSatisfy(slot -> assertThat(slot.replicas()).hasSize(wanted));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 256", "2, 2, 171", "2, 3, 129", "2, 5, 88", "3, 3, 193"})
    void nodeThatJoinsCostsAsManyCopiesAsItsShare(int replicas, int before, int copies) {
        PlanBench bench = settled(replicas, before);
        bench.copies = 0;
        bench.join(PlanBench.node(before + 1));
        bench.settle();
        assertEven(bench.led().values(), SlotId.COUNT);
        assertThat(bench.copies).isLessThanOrEqualTo(copies);
    }

    @Test
    void firstDataNodeOfAllLeadsEverything() {
        PlanBench bench = settled(2, 1);
        assertThat(SlotPlanner.first(PlanBench.LIFE, D1)).isEqualTo(bench.table);
        bench.join(D2);
        bench.settle();
        assertThat(bench.led()).isEqualTo(Map.of(D1, 128, D2, 128));
    }

    @Test
    void planOnAGoodTableIsTheSameObject() {
        PlanBench bench = settled(2, 3);
        assertThat(SlotPlanner.plan(bench.table, PlanBench.LIFE, bench.input())).isSameAs(bench.table);
        bench.members.clear();
        assertThat(SlotPlanner.plan(bench.table, PlanBench.LIFE, bench.input())).isSameAs(bench.table);
        assertThat(SlotPlanner.plan(SlotTable.EMPTY, PlanBench.LIFE, bench.input()))
                .isSameAs(SlotTable.EMPTY);
    }

    @Test
    void silentLeaderIsReplacedAtOnceByAFollowerThatIsCurrentAndStaysInTheList() {
        PlanBench bench = settled(2, 3);
        List<Slot> lost = bench.table.ledBy(D1);
        bench.presence(D1, Presence.SILENT);
        bench.copies = 0;
        assertThat(bench.plan()).isTrue();
        for (Slot old : lost) {
            Slot now = bench.slot(old.id().number());
            assertThat(now.leader()).isEqualTo(old.followers().get(0));
            assertThat(now.followers()).containsExactly(D1);
            assertThat(now.epoch()).isEqualTo(old.epoch().next());
        }
        assertThat(bench.copies).isZero();
        assertThat(bench.leaderChanges).isGreaterThan(0);
        assertThat(bench.plan()).as("nothing else moves").isFalse();
    }

    @Test
    void followerThatIsNotCurrentLeadsOnlyAfterTwiceTheTime() {
        PlanBench bench = settled(2, 2);
        Slot slot = bench.table.ledBy(D1).get(0);
        bench.report(slot.id().number(), new SlotStanding(D1, slot.epoch(), true, Set.of()));
        bench.presence(D1, Presence.SILENT);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader()).isEqualTo(D1);
        bench.presence(D1, Presence.LOST);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).replicas()).containsExactly(D2, D1);
    }

    @Test
    void reportOfAnEarlierTermSaysNothingAboutThisOne() {
        PlanBench bench = settled(2, 2);
        Slot slot = bench.table.ledBy(D1).get(0);
        SlotStanding old = new SlotStanding(D1, LeaderEpoch.NONE, true, Set.of(D2));
        bench.report(slot.id().number(), old);
        bench.presence(D1, Presence.SILENT);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader()).isEqualTo(D1);
    }

    @Test
    void currentFollowerFurtherDownTheListGoesBeforeOneThatIsBehind() {
        PlanBench bench = settled(3, 3);
        Slot slot = bench.table.ledBy(D1).get(0);
        NodeId second = slot.followers().get(1);
        bench.report(slot.id().number(), new SlotStanding(D1, slot.epoch(), true, Set.of(second)));
        bench.presence(D1, Presence.SILENT);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).replicas())
                .containsExactly(second, slot.followers().get(0), D1);
    }

    @Test
    void nodeThatIsNoReplicaLeadsOnlyWhenNoReplicaIsAMember() {
        PlanBench bench = settled(2, 4);
        Slot slot = bench.table.ledBy(D1).get(0);
        NodeId follower = slot.followers().get(0);
        bench.presence(D1, Presence.LOST);
        bench.presence(follower, Presence.LOST);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader()).isEqualTo(D1);
        bench.leave(D1);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader()).isEqualTo(D1);
        bench.leave(follower);
        bench.plan();
        assertThat(bench.members).containsKey(bench.slot(slot.id().number()).leader());
    }

    @Test
    void shortAbsenceMovesNoContentAndItsEndGivesTheLeadershipBack() {
        PlanBench bench = settled(2, 3);
        bench.copies = 0;
        bench.presence(D1, Presence.SILENT);
        bench.settle();
        bench.presence(D1, Presence.LOST);
        bench.settle();
        assertThat(bench.led().get(D1)).isZero();
        bench.presence(D1, Presence.HEARD);
        bench.settle();
        assertEven(bench.led().values(), SlotId.COUNT);
        assertThat(bench.copies).isZero();
    }

    @Test
    void memberThatHasLeftIsReplacedInEveryList() {
        PlanBench bench = settled(2, 3);
        bench.leave(D3);
        bench.settle();
        assertThat(bench.table.slots())
                .allSatisfy(slot -> assertThat(slot.replicas()).containsExactlyInAnyOrder(D1, D2));
        assertEven(bench.led().values(), SlotId.COUNT);
    }

    @Test
    void pauseStopsEverythingButTheReplacementOfALostLeader() {
        PlanBench bench = settled(2, 2);
        bench.wishes = bench.wishes.paused(true).evacuating(D1, true);
        bench.join(D3);
        assertThat(bench.settle()).isEqualTo(1);
        Slot slot = bench.table.ledBy(D1).get(0);
        bench.presence(D1, Presence.SILENT);
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader()).isEqualTo(D2);
        bench.presence(D1, Presence.HEARD);
        bench.wishes = SlotWishes.NONE;
        bench.settle();
        assertEven(bench.led().values(), SlotId.COUNT);
    }

    @Test
    void evacuatedNodeGivesUpEverythingAndIsListedUntilItsReplacementIsCurrent() {
        PlanBench bench = settled(2, 3);
        bench.wishes = bench.wishes.evacuating(D1, true);
        for (int step = 0; step < 100; step++) {
            for (Slot slot : bench.table.slots()) {
                long whole = bench.standings.getOrDefault(slot.id(), List.of()).stream()
                        .filter(each -> each.epoch().equals(slot.epoch()))
                        .mapToLong(each -> each.current().stream()
                                .filter(slot.followers()::contains)
                                .count())
                        .max()
                        .orElse(1);
                assertThat(whole).as("current followers of slot %s", slot.id()).isPositive();
            }
            bench.report();
            if (!bench.plan()) {
                break;
            }
        }
        assertThat(bench.led().get(D1)).isZero();
        assertThat(bench.followed().get(D1)).isZero();
        bench.members.remove(D1);
        assertEven(bench.led().values().stream().filter(count -> count > 0).toList(), SlotId.COUNT);
        bench.join(D1);
        bench.wishes = SlotWishes.NONE;
        bench.settle();
        assertEven(bench.led().values(), SlotId.COUNT);
    }

    @Test
    void operatorsMoveIsCarriedOutWhateverTheBalanceAndStays() {
        PlanBench bench = settled(2, 3);
        for (Slot slot : bench.table.ledBy(D1).subList(0, 5)) {
            bench.wishes = bench.wishes.moving(slot.id(), D2);
        }
        Set<SlotId> moved = bench.wishes.moved().keySet();
        bench.settle();
        bench.settle();
        assertThat(moved)
                .allSatisfy(
                        slot -> assertThat(bench.slot(slot.number()).leader()).isEqualTo(D2));
        assertEven(bench.led().values(), SlotId.COUNT);
        assertThat(bench.table.slots())
                .allSatisfy(slot -> assertThat(slot.replicas()).hasSize(2));
    }

    @Test
    void replicaThatLeadsByRankIsConfirmedUnderTheNextTerm() {
        PlanBench bench = settled(3, 3);
        Slot slot = bench.table.ledBy(D1).get(0);
        NodeId second = slot.followers().get(1);
        bench.wishes = bench.wishes.paused(true);
        bench.presence(D1, Presence.SILENT);
        bench.report(
                slot.id().number(),
                new SlotStanding(D1, slot.epoch(), true, Set.copyOf(slot.followers())),
                new SlotStanding(second, PlanBench.rank(slot, 2), true, Set.of()));
        bench.plan();
        Slot now = bench.slot(slot.id().number());
        assertThat(now.replicas()).containsExactly(second, slot.followers().get(0), D1);
        assertThat(now.epoch()).isEqualTo(slot.epoch().next());
    }

    @Test
    void slotThatNobodyLeadsGoesToItsLeaderUnderTheNextTerm() {
        PlanBench bench = settled(2, 2);
        SlotTable before = bench.table;
        SlotId lost = before.ledBy(D1).get(0).id();
        bench.unled = Set.of(lost);
        assertThat(bench.plan()).isTrue();
        for (Slot was : before.slots()) {
            Slot now = bench.table.find(was.id()).orElseThrow();
            assertThat(now.replicas()).isEqualTo(was.replicas());
            assertThat(now.epoch())
                    .isEqualTo(was.id().equals(lost) ? was.epoch().next() : was.epoch());
        }
    }

    @Test
    void rankOfAnEarlierTermIsNotConfirmed() {
        PlanBench bench = settled(2, 2);
        Slot slot = bench.table.ledBy(D1).get(0);
        bench.presence(D1, Presence.SILENT);
        bench.plan();
        Slot now = bench.slot(slot.id().number());
        bench.presence(D1, Presence.HEARD);
        bench.report(slot.id().number(), new SlotStanding(D1, PlanBench.rank(slot, 1), true, Set.of()));
        bench.plan();
        assertThat(bench.slot(slot.id().number())).isEqualTo(now);
    }

    @Test
    void nothingIsGivenUpBeforeAllTheOthersAreCurrent() {
        PlanBench bench = settled(2, 2);
        bench.join(D3);
        bench.plan();
        Slot grown = bench.table.slots().stream()
                .filter(slot -> slot.replicas().size() == 3)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 5; i++) {
            bench.plan();
            assertThat(bench.slot(grown.id().number()).replicas()).isEqualTo(grown.replicas());
        }
        bench.settle();
        assertThat(bench.slot(grown.id().number()).replicas()).hasSize(2).contains(D3);
    }

    @Test
    void nodeCatchesUpWithABoundedNumberOfSlotsAtOnce() {
        PlanBench bench = settled(2, 1);
        bench.limits = new PlanLimits(2, 10, 64);
        bench.join(D2);
        bench.plan();
        assertThat(bench.followed()).containsEntry(D2, 10);
        bench.plan();
        assertThat(bench.followed()).containsEntry(D2, 10);
        bench.report();
        bench.plan();
        assertThat(bench.table.slots().stream().filter(slot -> slot.rankOf(D2) >= 0))
                .hasSize(20);
    }

    @Test
    void leadershipMovesInBoundedBatchesEachOnceTheLastIsSettled() {
        PlanBench bench = settled(2, 1);
        bench.limits = new PlanLimits(2, 256, 10);
        bench.join(D2);
        bench.plan();
        bench.report();
        bench.plan();
        assertThat(bench.led()).containsEntry(D2, 10);
        bench.plan();
        assertThat(bench.led()).as("not settled yet").containsEntry(D2, 10);
        bench.report();
        bench.plan();
        assertThat(bench.led()).containsEntry(D2, 20);
    }

    @Test
    void withoutReportsNothingMovesButLostLeaders() {
        PlanBench bench = settled(2, 3);
        bench.standings.clear();
        bench.join(PlanBench.node(4));
        assertThat(bench.plan()).isFalse();
        bench.presence(D1, Presence.LOST);
        assertThat(bench.plan()).isTrue();
        assertThat(bench.led()).containsEntry(D1, 0);
    }

    @Test
    void limitsThatCannotWorkAreRefusedByName() {
        assertThatThrownBy(() -> new PlanLimits(0, 1, 1)).hasMessageContaining("replicas is 0");
        assertThatThrownBy(() -> new PlanLimits(7, 1, 1)).hasMessageContaining("1 to 6");
        assertThatThrownBy(() -> new PlanLimits(2, 0, 1)).hasMessageContaining("catching-up is 0");
        assertThatThrownBy(() -> new PlanLimits(2, 1, 0)).hasMessageContaining("leader-changes is 0");
    }
}
