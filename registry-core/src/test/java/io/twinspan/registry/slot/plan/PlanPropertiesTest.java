package io.twinspan.registry.slot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds over every history of nodes that come, fall silent and go, and of operators who change their minds. */
class PlanPropertiesTest {
    private static final int NODES = 6;
    private static final int STEPS = 60;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTableIsSafeAndTheLastOneIsEven(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PlanBench bench = new PlanBench(random.nextInt(2, 4), 1 + random.nextInt(4));
        for (int step = 0; step < STEPS; step++) {
            happen(bench, random);
            SlotTable before = bench.table;
            SlotTable again = SlotPlanner.plan(before, PlanBench.LIFE, bench.input());
            bench.plan();
            assertThat(bench.table).as("same inputs, same table").isEqualTo(again);
            assertSafe(bench, before);
        }
        bench.join(PlanBench.node(1));
        bench.wishes = SlotWishes.NONE;
        List.copyOf(bench.members.keySet()).forEach(bench::join);
        bench.settle();
        int nodes = bench.members.size();
        int wanted = Math.min(bench.limits.replicas(), nodes);
        assertEven(bench.led().values(), SlotId.COUNT);
        assertEven(bench.followed().values(), SlotId.COUNT * (wanted - 1));
        assertThat(SlotPlanner.plan(bench.table, PlanBench.LIFE, bench.input())).isSameAs(bench.table);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneChangeOfMembersCostsABoundedNumberOfMoves(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PlanBench bench = new PlanBench(2, 2 + random.nextInt(4));
        bench.settle();
        for (int step = 0; step < 10; step++) {
            NodeId node = PlanBench.node(1 + random.nextInt(NODES));
            boolean joins = !bench.members.containsKey(node);
            if (!joins && bench.members.size() == 2) {
                continue;
            }
            int replicasOfIt =
                    bench.led().getOrDefault(node, 0) + bench.followed().getOrDefault(node, 0);
            if (joins) {
                bench.join(node);
            } else {
                bench.leave(node);
            }
            bench.copies = 0;
            bench.leaderChanges = 0;
            bench.settle();
            int share = 2 * SlotId.COUNT / bench.members.size();
            // What the leaving held, or the share of the joining; a third more where those who inherit do not fit.
            int most = (joins ? share : replicasOfIt) * 4 / 3 + SlotId.COUNT / 16;
            assertThat(bench.copies)
                    .as("copies when %s %s", node, joins ? "joins" : "leaves")
                    .isLessThanOrEqualTo(most);
            assertThat(bench.leaderChanges).as("leaders").isLessThanOrEqualTo(SlotId.COUNT);
        }
    }

    private static void happen(PlanBench bench, SplittableRandom random) {
        NodeId node = PlanBench.node(1 + random.nextInt(NODES));
        switch (random.nextInt(11)) {
            case 0, 1 -> bench.join(node);
            case 2 -> fall(bench, node, Presence.SILENT);
            case 3 -> fall(bench, node, Presence.LOST);
            case 4 -> bench.leave(node);
            case 5 -> bench.wishes = bench.wishes.paused(random.nextBoolean());
            case 6 -> bench.wishes = bench.wishes.evacuating(node, random.nextInt(3) == 0);
            case 7 ->
                bench.wishes = random.nextBoolean()
                        ? bench.wishes.moving(new SlotId(random.nextInt(SlotId.COUNT)), node)
                        : bench.wishes.releasing(new SlotId(random.nextInt(SlotId.COUNT)));
            case 8 -> fall(bench, node, Presence.UNFIT);
            default -> bench.report();
        }
    }

    private static void fall(PlanBench bench, NodeId node, Presence presence) {
        if (bench.members.containsKey(node)) {
            bench.presence(node, presence);
        }
    }

    private static void assertSafe(PlanBench bench, SlotTable before) {
        if (bench.heard().isEmpty()) {
            assertThat(bench.table).isSameAs(before);
            return;
        }
        for (Slot now : bench.table.slots()) {
            assertThat(now.replicas().size()).isLessThanOrEqualTo(bench.limits.replicas() + 2);
            Slot old = before.find(now.id()).orElse(null);
            if (old == null) {
                continue;
            }
            boolean isOtherLeader = !old.leader().equals(now.leader());
            assertThat(now.epoch().term() - old.epoch().term()).isEqualTo(isOtherLeader ? 1 : 0);
            assertThat(now.epoch().rank()).isZero();
            if (old.replicas().stream().anyMatch(bench.members::containsKey)) {
                assertThat(old.replicas()).as("slot %s", now.id()).contains(now.leader());
            }
            if (isOtherLeader) {
                assertThat(bench.members.get(now.leader())).isEqualTo(Presence.HEARD);
            }
        }
        boolean hasChanged = !bench.table.slots().equals(before.slots());
        assertThat(bench.table.epoch().number() - before.epoch().number()).isEqualTo(hasChanged ? 1 : 0);
    }

    private static void assertEven(Collection<Integer> counts, int total) {
        int nodes = counts.size();
        assertThat(counts).allSatisfy(count -> assertThat(count).isBetween(total / nodes, (total + nodes - 1) / nodes));
    }
}
