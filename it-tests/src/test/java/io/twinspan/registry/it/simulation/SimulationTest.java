package io.twinspan.registry.it.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.twinspan.registry.simulation.Seed;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Whole datacenters, seed by seed. Replay one with {@code -Dsimulation.seed=N}, run more with {@code -Dsimulation.seeds=N}, both
 * handed through by {@code mvn verify}.
 */
class SimulationTest {
    private static final int SEEDS = 60;

    private static Level before = Level.INFO;

    @BeforeAll
    static void quiet() {
        // A thousand restarts have a lot to say; a single seed is replayed to read it.
        Logger logger = (Logger) LoggerFactory.getLogger("io.twinspan");
        before = logger.getLevel();
        logger.setLevel(Long.getLong(Seed.PROPERTY) == null ? Level.OFF : Level.INFO);
    }

    @AfterAll
    static void loudAgain() {
        ((Logger) LoggerFactory.getLogger("io.twinspan")).setLevel(before);
    }

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
}
