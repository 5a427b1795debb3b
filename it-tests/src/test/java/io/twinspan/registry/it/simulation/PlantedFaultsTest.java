package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator must be able to find things: each of these mistakes breaks an invariant within a bounded number of seeds. */
@ExtendWith(QuietNodes.class)
class PlantedFaultsTest {
    private static final int MOST_SEEDS = 100;

    @ParameterizedTest
    @EnumSource(PlantedFault.class)
    void aPlantedFaultIsFound(PlantedFault fault) {
        assertThat(LongStream.rangeClosed(1, MOST_SEEDS)
                        .anyMatch(number -> !SimulatedRun.of(new Seed(number), fault)
                                .violations()
                                .isEmpty()))
                .as("%s within %d seeds", fault, MOST_SEEDS)
                .isTrue();
    }
}
