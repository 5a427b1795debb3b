package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** D4 by seed: the clients of a datacenter are moved to another one while things break. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class MovingSimulationTest {
    private static final long SEEDS = Math.min(Long.getLong("simulation.seeds", 6), 1_000);
    private static final long LAST_SEED = 12;

    @Test
    void theUnionThatAnybodyShowsNeverLosesALivePublisherAndEverybodyArrives() {
        for (long number = 1; number <= SEEDS; number++) {
            MovingRun.Outcome outcome = MovingRun.of(new Seed(number), PlantedMove.none());
            assertThat(outcome.violations())
                    .as("seed %d, %s", number, outcome.events())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(PlantedMove.class)
    void aPlantedFaultIsFound(PlantedMove fault) {
        assertThat(LongStream.rangeClosed(1, LAST_SEED)
                        .anyMatch(number -> MovingRun.of(new Seed(number), fault.plant()).violations().stream()
                                .anyMatch(each -> each.contains("D4 moving") || each.contains("D2 moving"))))
                .as("%s by seeds 1 to %d", fault, LAST_SEED)
                .isTrue();
    }
}
