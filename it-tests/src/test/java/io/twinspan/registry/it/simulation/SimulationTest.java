package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole datacenters, seed by seed. Replay one with {@code -Dsimulation.seed=N}, run more with {@code -Dsimulation.seeds=N}, both
 * handed through by {@code mvn verify}.
 */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class SimulationTest {
    private static final int SEEDS = 40;

    static LongStream seeds() {
        return Seed.chosen(SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyInvariantHoldsWhateverHappens(long number) {
        Seed seed = new Seed(number);
        SimulatedRun.Outcome outcome = SimulatedRun.of(seed, Tampering.NONE);
        assertThat(outcome.violations())
                .as("%s, events:%n%s", seed, String.join("\n", outcome.events()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Climate.class)
    void seedsOfOneClimateAreTheFirstThatHaveIt(Climate climate) {
        List<Seed> picked = SimulateSeeds.of(climate, 100).limit(3).toList();
        assertThat(picked)
                .isEqualTo(LongStream.rangeClosed(100, picked.get(2).value())
                        .mapToObj(Seed::new)
                        .filter(seed -> Climate.of(seed) == climate)
                        .toList());
    }

    @Test
    void theSameSeedTakesTheSameWay() {
        assertThat(SimulatedRun.of(new Seed(7), Tampering.NONE))
                .isEqualTo(SimulatedRun.of(new Seed(7), Tampering.NONE));
    }
}
