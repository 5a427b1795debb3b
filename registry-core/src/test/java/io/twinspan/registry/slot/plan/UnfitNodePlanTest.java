package io.twinspan.registry.slot.plan;

import static io.twinspan.registry.slot.plan.PlanBench.assertEven;
import static io.twinspan.registry.slot.plan.PlanBench.ids;
import static io.twinspan.registry.slot.plan.PlanBench.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the planner does with data nodes that answer but are not fit to lead: their clock is not to be trusted. */
class UnfitNodePlanTest {
    private static final NodeId D1 = PlanBench.node(1);
    private static final NodeId D2 = PlanBench.node(2);
    private static final NodeId D3 = PlanBench.node(3);

    @ParameterizedTest
    @CsvSource({"2, 2, 128", "2, 3, 86", "3, 4, 64"})
    void unfitNodeKeepsWhatItLeadsFollowsAndIsGivenNothing(int replicas, int nodes, int led) {
        PlanBench bench = settled(replicas, nodes);
        SlotTable before = bench.table;
        bench.presence(D1, Presence.UNFIT);
        bench.report();
        assertThat(bench.plan()).as("nothing moves for a clock").isFalse();
        assertThat(bench.led()).containsEntry(D1, led);

        bench.join(PlanBench.node(9));
        bench.settle();
        assertThat(bench.table.ledBy(D1)).extracting(Slot::id).containsExactlyElementsOf(ids(before.ledBy(D1)));
        bench.presence(D1, Presence.LOST);
        bench.settle();
        bench.presence(D1, Presence.UNFIT);
        bench.settle();
        assertThat(bench.led()).as("lost while it was away").containsEntry(D1, 0);
        assertThat(bench.plan()).as("and it stays so").isFalse();
        bench.presence(D1, Presence.HEARD);
        bench.settle();
        assertEven(bench.led().values(), SlotId.COUNT);
    }

    @Test
    void unfitNodeWithoutFollowersKeepsItsSlotsAndIsGivenNoMore() {
        PlanBench bench = settled(1, 2);
        List<Slot> led = bench.table.ledBy(D1);
        bench.presence(D1, Presence.UNFIT);
        bench.join(D3);
        bench.settle();
        assertThat(bench.table.ledBy(D1)).isEqualTo(led);
        assertThat(bench.led()).containsEntry(D2, 64).containsEntry(D3, 64);
        bench.leave(D2);
        bench.settle();
        assertThat(bench.table.ledBy(D1)).isEqualTo(led);
    }

    @Test
    void slotGivenToANodeThatTurnsOutUnfitGoesToAnyFollowerThatIsFitAtOnce() {
        PlanBench bench = settled(3, 3);
        Slot slot = bench.table.ledBy(D1).get(0);
        bench.report(slot.id().number());
        bench.presence(D1, Presence.UNFIT);
        bench.presence(slot.followers().get(0), Presence.UNFIT);
        bench.copies = 0;
        bench.plan();
        assertThat(bench.slot(slot.id().number()).leader())
                .isEqualTo(slot.followers().get(1));
        assertThat(bench.copies).isZero();
        assertThat(bench.leaderChanges).isPositive();
    }

    @Test
    void unfitNodeIsNotPromotedNorConfirmedNorMovedTo() {
        PlanBench bench = settled(2, 2);
        Slot slot = bench.table.ledBy(D1).get(0);
        int number = slot.id().number();
        bench.presence(D2, Presence.UNFIT);
        bench.wishes = bench.wishes.moving(slot.id(), D2);
        assertThat(bench.plan()).isFalse();
        bench.report(number, new SlotStanding(D2, PlanBench.rank(slot, 1), true, Set.of()));
        bench.plan();
        assertThat(bench.slot(number)).isEqualTo(slot);
        bench.presence(D1, Presence.LOST);
        bench.plan();
        assertThat(bench.slot(number)).isEqualTo(slot);
        bench.presence(D2, Presence.HEARD);
        bench.plan();
        assertThat(bench.slot(number).leader()).isEqualTo(D2);
    }

    @Test
    void unfitNodeThatLeadsByRankGivesWayUnderTheNextTermToOneThatHasEverything() {
        PlanBench bench = settled(2, 2);
        Slot slot = bench.table.ledBy(D1).get(0);
        int number = slot.id().number();
        bench.presence(D2, Presence.UNFIT);
        bench.report(number, new SlotStanding(D2, PlanBench.rank(slot, 1), true, Set.of(D1)));
        bench.plan();
        assertThat(bench.slot(number))
                .isEqualTo(new Slot(slot.id(), slot.epoch().next(), slot.replicas()));
        assertThat(bench.plan()).as("once").isFalse();
    }

    @Test
    void unfitNodeCanBeEvacuated() {
        PlanBench bench = settled(2, 3);
        bench.presence(D1, Presence.UNFIT);
        bench.wishes = bench.wishes.evacuating(D1, true);
        bench.settle();
        assertThat(bench.led()).containsEntry(D1, 0);
        assertThat(bench.followed()).containsEntry(D1, 0);
    }
}
