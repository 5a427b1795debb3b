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

/** M5 by seed: two or three datacenters decide on duty, together and without knowledge of each other. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class DutySimulationTest {
    private static final long LAST_SEED = 40;

    @Test
    void oneIsActiveAnEpochEverybodyFollowsTheHighestAndConflictsAreShown() {
        Seed.chosen(30)
                .forEach(number -> assertThat(DutyRun.violations(new Seed(number), PlantedDuty.NONE))
                        .as("seed %d", number)
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedFaultIsFound(PlantedDuty fault) {
        assertThat(LongStream.rangeClosed(1, LAST_SEED)
                        .anyMatch(number ->
                                !DutyRun.violations(new Seed(number), fault).isEmpty()))
                .as("%s by seeds 1 to %d", fault, LAST_SEED)
                .isTrue();
    }
}
