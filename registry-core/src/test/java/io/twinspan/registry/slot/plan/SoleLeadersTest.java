package io.twinspan.registry.slot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A datacenter that keeps one replica of each slot. */
class SoleLeadersTest {
    private static final Incarnation LIFE = new Incarnation(1, 1);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100, 255, 256, 300})
    void everyNodeLeadsTheSameNumberGiveOrTakeOne(int nodes) {
        assertBalanced(plan(SlotTable.EMPTY, LIFE, nodes(nodes)), nodes(nodes));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 128", "2, 3, 85", "3, 4, 64", "3, 2, 86", "4, 1, 192", "2, 2, 0", "7, 6, 37"})
    void onlyAsManySlotsMoveAsMust(int before, int after, int mostMoves) {
        SlotTable old = plan(SlotTable.EMPTY, LIFE, nodes(before));
        SlotTable table = plan(old, LIFE, nodes(after));
        assertBalanced(table, nodes(after));
        assertThat(moves(old, table)).isLessThanOrEqualTo(mostMoves);
    }

    @Test
    void nothingToDoGivesTheSameTable() {
        SlotTable table = plan(SlotTable.EMPTY, LIFE, nodes(3));
        assertThat(plan(table, LIFE, nodes(3))).isSameAs(table);
        assertThat(plan(table, LIFE, List.of())).isSameAs(table);
        assertThat(plan(SlotTable.EMPTY, LIFE, List.of())).isSameAs(SlotTable.EMPTY);
    }

    @Test
    void sameInputsInAnyOrderGiveTheSameTable() {
        List<NodeId> reversed = new ArrayList<>(nodes(5));
        Collections.reverse(reversed);
        assertThat(plan(SlotTable.EMPTY, LIFE, reversed)).isEqualTo(plan(SlotTable.EMPTY, LIFE, nodes(5)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void epochsRiseExactlyWithTheLeaderOverRandomHistories(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SlotTable table = SlotTable.EMPTY;
        for (int step = 0; step < 30; step++) {
            TreeSet<NodeId> alive = new TreeSet<>();
            for (NodeId node : nodes(6)) {
                if (random.nextBoolean()) {
                    alive.add(node);
                }
            }
            SlotTable next = plan(table, LIFE, alive);
            if (!alive.isEmpty()) {
                assertBalanced(next, alive);
            }
            if (!next.equals(table)) {
                assertThat(next.epoch().isAfter(table.epoch())).isTrue();
            }
            for (Slot old : table.slots()) {
                Slot young = next.slots().get(old.id().number());
                assertThat(young.epoch().term() - old.epoch().term())
                        .isEqualTo(young.leader().equals(old.leader()) ? 0 : 1);
            }
            table = next;
        }
    }

    private static SlotTable plan(SlotTable current, Incarnation life, Collection<NodeId> nodes) {
        Map<NodeId, Presence> members = new HashMap<>();
        nodes.forEach(node -> members.put(node, Presence.HEARD));
        return SlotPlanner.plan(
                current, life, new PlanInput(members, Map.of(), Set.of(), SlotWishes.NONE, new PlanLimits(1, 64, 64)));
    }

    private static void assertBalanced(SlotTable table, Iterable<NodeId> nodes) {
        int count = 0;
        for (NodeId ignored : nodes) {
            count++;
        }
        for (NodeId node : nodes) {
            assertThat(table.ledBy(node).size()).isBetween(SlotId.COUNT / count, (SlotId.COUNT + count - 1) / count);
        }
    }

    private static int moves(SlotTable from, SlotTable to) {
        return (int) IntStream.range(0, SlotId.COUNT)
                .filter(i ->
                        !from.slots().get(i).leader().equals(to.slots().get(i).leader()))
                .count();
    }

    private static List<NodeId> nodes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new NodeId("d%03d".formatted(i)))
                .toList();
    }
}
