package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private static final Endpoint A = new Endpoint("a", 1);
    private static final Endpoint B = new Endpoint("b", 1);
    private static final Endpoint C = new Endpoint("c", 1);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ServerChoice choice = new ServerChoice(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));

    @Test
    void theOneThatAnswersIsAskedAgain() {
        choice.set(List.of(A, B));
        choice.onFailure(A, 0);
        assertThat(choice.pick(0)).contains(B);
        choice.onAnswer(B);
        assertThat(choice.pick(SECOND))
                .as("A may be asked again, but B answers")
                .contains(B);
    }

    @Test
    void theNextOneIsAskedAtOnceAndAllOfThemBeforeAnyIsAskedAgain() {
        choice.set(List.of(A, B, C));
        choice.onFailure(A, 0);
        choice.onFailure(B, 0);
        assertThat(choice.hasNobody()).isFalse();
        assertThat(choice.pick(0)).contains(C);
        choice.onFailure(C, 0);
        assertThat(choice.hasNobody()).isTrue();
        assertThat(choice.pick(0)).isEmpty();
        assertThat(choice.untilNext(0)).isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
    }

    @Test
    void pausesDoubleToTheirBoundAndAnAnswerEndsThem() {
        choice.set(List.of(A));
        for (int failures = 1; failures <= 40; failures++) {
            choice.onFailure(A, 0);
            long wanted = Math.min(5_000, 100L << Math.min(failures - 1, 10));
            assertThat(choice.untilNext(0))
                    .isBetween(Duration.ofMillis(wanted * 8 / 10), Duration.ofMillis(wanted * 12 / 10));
        }
        choice.onAnswer(A);
        assertThat(choice.pick(0)).contains(A);
        assertThat(choice.untilNext(0)).isZero();
    }

    @Test
    void anotherListKeepsTheOneInUseAndItsPauses() {
        choice.set(List.of(A, B));
        choice.onFailure(A, 0);
        choice.set(List.of(C, B, A));
        assertThat(choice.pick(0)).contains(B);
        choice.set(List.of(A));
        assertThat(choice.pick(0)).isEmpty();
        choice.set(List.of());
        assertThat(choice.pick(0)).isEmpty();
        assertThat(choice.untilNext(0)).isEqualTo(Duration.ofSeconds(5));
    }
}
