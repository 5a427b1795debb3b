package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulator must be able to find things: each of these mistakes breaks an invariant within a bounded number of seeds. The search
 * begins at the seed that is known to find it, so that it is short, and goes on from there when that seed has come to take another way.
 */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class PlantedFaultsTest {
    private static final int LAST_SEED = 250;

    @ParameterizedTest
    @EnumSource(PlantedFault.class)
    void aPlantedFaultIsFound(PlantedFault fault) {
        assertThat(isFound(fault, fault.firstSeed(), violation -> true))
                .as("%s by seeds %d to %d", fault, fault.firstSeed(), LAST_SEED)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(PlantedFarFault.class)
    void aPlantedFaultBetweenDatacentersIsFound(PlantedFarFault fault) {
        assertThat(isFound(fault, fault.firstSeed(), fault::isSign))
                .as("%s by seeds %d to %d", fault, fault.firstSeed(), LAST_SEED)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(PlantedBreach.class)
    void aBrokenInvariantIsSeenByItsOwnChecker(PlantedBreach breach) {
        assertThat(isFound(breach, breach.firstSeed(), breach::isNamedIn))
                .as("%s by %s, seeds %d to %d", breach, breach.invariant(), breach.firstSeed(), LAST_SEED)
                .isTrue();
    }

    private static boolean isFound(Tampering tampering, long first, Predicate<String> sign) {
        return LongStream.rangeClosed(first, LAST_SEED)
                .anyMatch(number -> FindPlantedFaults.isFound(new Seed(number), tampering, sign));
    }
}
