package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.simulation.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** D3 and D4 by seed: a datacenter to which the clients were switched is lost, and comes back with what it knew. */
@ExtendWith(QuietNodes.class)
@Execution(ExecutionMode.CONCURRENT)
class ReturnSimulationTest {
    private static final long SEEDS = Math.min(Long.getLong("simulation.seeds", 10), 1_000);
    private static final long LAST_SEED = 30;

    @Test
    void nobodyWhoLivesIsLostAndNobodyWhoHasGoneIsShownAgain() {
        for (long number = 1; number <= SEEDS; number++) {
            ReturnRun.Outcome outcome =
                    ReturnRun.of(new Seed(number), PlantedMove.none(), ReturnRun.Readmission.PATIENT);
            assertThat(outcome.violations())
                    .as("seed %d, %s", number, outcome.events())
                    .isEmpty();
        }
    }

    @Test
    void readmittedTooEarlyItShowsWhoHasGone() {
        assertThat(LongStream.rangeClosed(1, LAST_SEED).anyMatch(number -> finds(number, "D3 returning")))
                .isTrue();
    }

    private static boolean finds(long number, String what) {
        return ReturnRun.of(new Seed(number), PlantedMove.none(), ReturnRun.Readmission.HASTY).violations().stream()
                .anyMatch(each -> each.contains(what));
    }
}
