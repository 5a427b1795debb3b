package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator must be able to find things: each of these mistakes breaks an invariant within a bounded number of seeds. */
@ExtendWith(QuietNodes.class)
class PlantedFaultsTest {
    private static final int MOST_SEEDS = 200;

    @ParameterizedTest
    @EnumSource(PlantedFault.class)
    void aPlantedFaultIsFound(PlantedFault fault) {
        assertThat(isFound(fault, violation -> true))
                .as("%s within %d seeds", fault, MOST_SEEDS)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(PlantedBreach.class)
    void aBrokenInvariantIsSeenByItsOwnChecker(PlantedBreach breach) {
        assertThat(isFound(breach, violation -> violation.contains(": " + breach.invariant() + " ")))
                .as("%s by %s within %d seeds", breach, breach.invariant(), MOST_SEEDS)
                .isTrue();
    }

    private static boolean isFound(Tampering tampering, Predicate<String> violation) {
        return LongStream.rangeClosed(1, MOST_SEEDS)
                .anyMatch(number -> SimulatedRun.of(new Seed(number), tampering).violations().stream()
                        .anyMatch(violation));
    }
}
