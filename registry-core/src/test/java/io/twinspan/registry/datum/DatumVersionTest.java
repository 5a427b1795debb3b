package io.twinspan.registry.datum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.clock.Stamp;
import org.junit.jupiter.api.Test;

class DatumVersionTest {
    @Test
    void stampIsTheVersionWithoutItsLowBits() {
        Stamp stamp = Stamp.atMillis(1_700_000_000_000L);
        assertThat(new DatumVersion(stamp.withLowBits(0xab)).stamp()).isEqualTo(stamp);
    }

    @Test
    void laterContentHasTheLargerNumber() {
        assertThat(new DatumVersion(2).isAfter(new DatumVersion(1))).isTrue();
        assertThat(new DatumVersion(1).isAfter(new DatumVersion(1))).isFalse();
        assertThat(new DatumVersion(1).isAfter(DatumVersion.NONE)).isTrue();
    }

    @Test
    void negativeVersionIsRefused() {
        assertThatThrownBy(() -> new DatumVersion(-1)).hasMessageContaining("-1");
    }
}
