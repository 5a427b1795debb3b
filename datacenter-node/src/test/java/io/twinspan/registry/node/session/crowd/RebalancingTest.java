package io.twinspan.registry.node.session.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RebalancingTest {
    private static final MoveSettings STANDARD = MoveSettings.standard();

    @ParameterizedTest(name = "{0} here, {1} and {2} there: {3} go")
    @CsvSource({
        "1000, 1000, 1000, 0",
        "1150, 925, 925, 0",
        "1160, 920, 920, 58",
        "1500, 1500, 0, 75",
        "0, 1500, 1500, 0",
        "1010, 1190, 800, 15",
        "3, 3, 0, 0",
        "4, 5, 0, 1",
        "0, 0, 0, 0",
    })
    void whatIsAboveTheMeanGoesAtABoundedRate(int own, int second, int third, int closings) {
        assertThat(new Rebalancing(STANDARD).closings(own, List.of(second, third)))
                .isEqualTo(closings);
    }

    @Test
    void aSessionAloneSendsNobodyAway() {
        assertThat(new Rebalancing(STANDARD).closings(1000, List.of())).isZero();
    }

    @Test
    void onceBegunItEndsWellInsideTheTolerance() {
        Rebalancing rebalancing = new Rebalancing(STANDARD);

        assertThat(rebalancing.closings(1200, List.of(800))).isPositive();
        assertThat(rebalancing.closings(1100, List.of(900))).isPositive();
        assertThat(rebalancing.closings(1070, List.of(930))).isZero();
        assertThat(rebalancing.closings(1100, List.of(900))).isZero();
    }

    @Test
    void switchedOffItSendsNobodyAway() {
        assertThat(new Rebalancing(STANDARD.withRebalancing(false)).closings(1000, List.of(0)))
                .isZero();
    }

    @ParameterizedTest(name = "{0} sessions of which one has restarted, {1} clients, seed {2}")
    @CsvSource({
        "2, 400, 1",
        "2, 4000, 2",
        "3, 1200, 3",
        "3, 3000, 4",
        "3, 3000, 5",
        "5, 5000, 6",
        "10, 5000, 7",
        "10, 20000, 8",
    })
    void afterARestartAllAreWithinFifteenPercentInAMinuteAndNobodyIsMovedTwice(int sessions, int clients, long seed) {
        Town town = new Town(sessions, clients, new Random(seed));
        long listed = STANDARD.listRefresh().toSeconds();
        for (long second = listed; second < 60; second++) {
            town.step();
        }
        double mean = clients / (double) sessions;

        assertThat(town.counts())
                .allSatisfy(count -> assertThat((double) count).isBetween(mean * 0.85 - 2, mean * 1.15 + 2));
        assertThat(town.mostMoves()).isLessThanOrEqualTo(1);
        assertThat(town.mostShareInOneSecond()).isLessThanOrEqualTo(0.05);
    }

    /** Sessions that hear of one another a second late, and clients that come back at random within two seconds. */
    private static final class Town {
        private final List<Rebalancing> rules = new ArrayList<>();
        private final List<Deque<int[]>> homes = new ArrayList<>();
        private final List<List<int[]>> onTheWay = new ArrayList<>();
        private final List<int[]> all = new ArrayList<>();
        private final Random random;
        private List<Integer> known;
        private double mostShare;

        Town(int sessions, int clients, Random random) {
            this.random = random;
            for (int i = 0; i < sessions; i++) {
                rules.add(new Rebalancing(STANDARD));
                homes.add(new ArrayDeque<>());
            }
            onTheWay.add(new ArrayList<>());
            onTheWay.add(new ArrayList<>());
            for (int i = 0; i < clients; i++) {
                int[] moves = {0};
                all.add(moves);
                homes.get(1 + i % (sessions - 1)).add(moves);
            }
            known = counts();
        }

        void step() {
            List<Integer> heard = known;
            known = counts();
            for (int[] client : onTheWay.remove(0)) {
                homes.get(random.nextInt(homes.size())).add(client);
            }
            onTheWay.add(new ArrayList<>());
            for (int i = 0; i < homes.size(); i++) {
                List<Integer> others = new ArrayList<>(heard);
                others.remove(i);
                int before = homes.get(i).size();
                int closings = rules.get(i).closings(before, others);
                int closed = 0;
                for (int[] client : List.copyOf(homes.get(i))) {
                    if (closed < closings && client[0] == 0) {
                        client[0]++;
                        closed++;
                        homes.get(i).remove(client);
                        onTheWay.get(random.nextInt(onTheWay.size())).add(client);
                    }
                }
                mostShare = Math.max(mostShare, before < 20 ? 0 : closed / (double) before);
            }
        }

        List<Integer> counts() {
            return homes.stream().map(Deque::size).toList();
        }

        int mostMoves() {
            return all.stream().mapToInt(client -> client[0]).max().orElse(0);
        }

        double mostShareInOneSecond() {
            return mostShare;
        }
    }
}
