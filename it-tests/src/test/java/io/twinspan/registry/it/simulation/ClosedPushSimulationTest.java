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

/** D8 by seed: push closed and opened while clients are busy. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class ClosedPushSimulationTest {
    private static final long SEEDS = Math.min(Long.getLong("simulation.seeds", 20), 1_000);
    private static final long LAST_SEED = 20;

    @Test
    void noPushStartsWhilePushIsClosedAndOpeningBringsTheLastToEverybody() {
        for (long number = 1; number <= SEEDS; number++) {
            assertThat(ClosedPushRun.violations(new Seed(number), PlantedClosing.none()))
                    .as("seed %d", number)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(PlantedClosing.class)
    void aPlantedFaultIsFound(PlantedClosing fault) {
        assertThat(LongStream.rangeClosed(1, LAST_SEED)
                        .anyMatch(number -> ClosedPushRun.violations(new Seed(number), fault.plant()).stream()
                                .anyMatch(each -> each.startsWith("D8 "))))
                .as("%s by seeds 1 to %d", fault, LAST_SEED)
                .isTrue();
    }
}
