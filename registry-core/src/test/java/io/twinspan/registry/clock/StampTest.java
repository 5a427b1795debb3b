package io.twinspan.registry.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
    @ParameterizedTest
    @ValueSource(longs = {Stamp.EPOCH_MILLIS, Stamp.EPOCH_MILLIS + 1, 1_767_225_600_000L, 5_000_000_000_000L})
    void millisecondsGoInAndComeOut(long millis) {
        assertThat(Stamp.atMillis(millis).millis()).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 256", "1, 256", "255, 256", "256, 512", "511, 512"})
    void nextTickClearsTheLowBits(long value, long next) {
        assertThat(new Stamp(value).nextTick().value()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "255, 255", "256, 0", "257, 1", "-1, 255"})
    void onlyEightLowBitsAreTaken(long low, long kept) {
        Stamp stamp = Stamp.atMillis(1_700_000_000_000L);
        assertThat(stamp.withLowBits(low)).isEqualTo(stamp.value() + kept);
    }

    @Test
    void timesBefore2020AreZeroAndNegativeValuesRefused() {
        assertThat(Stamp.atMillis(0)).isEqualTo(Stamp.ZERO);
        assertThatThrownBy(() -> new Stamp(-1)).hasMessageContaining("-1");
    }
}
