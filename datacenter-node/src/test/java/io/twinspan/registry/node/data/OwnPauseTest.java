package io.twinspan.registry.node.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OwnPauseTest {
    private static final DataSettings.Replication SETTINGS = DataSettings.Replication.standard();
    private static final long PROMOTION = SETTINGS.promotion().toNanos();

    private final OwnPause pause = new OwnPause(SETTINGS, 0);

    @Test
    void aNodeThatTicksAsItShouldWasNeverAway() {
        long now = 0;
        for (int i = 0; i < 20; i++) {
            now += Duration.ofMillis(500).toNanos();
            pause.onTick(now);
            assertThat(pause.isJustOver(now)).isFalse();
        }
    }

    @Test
    void aNodeThatStartsSlowlyWasNotAway() {
        pause.start(2 * PROMOTION);
        pause.onTick(2 * PROMOTION);

        assertThat(pause.isJustOver(2 * PROMOTION)).isFalse();
    }

    @Test
    void aNodeThatWasAwayGivesThePromotionTimeToWhoeverLeadsNow() {
        long back = 2 * PROMOTION;
        assertThat(pause.isJustOver(back)).as("before the late tick has come").isTrue();
        for (long now = back; now < back + PROMOTION; now += PROMOTION / 10) {
            pause.onTick(now);
            assertThat(pause.isJustOver(now)).isTrue();
        }
        pause.onTick(back + PROMOTION);
        assertThat(pause.isJustOver(back + PROMOTION)).isFalse();
    }
}
