package io.twinspan.registry.node.pushswitch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushScope;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushMetersTest {
    private static final String NAME = "twinspan.push.closed.seconds";

    @Test
    void eachPositionIsCountedFromItsOldestClosingThatIsInForce() {
        PushSwitch value = new PushSwitch(
                7,
                List.of(
                        token("a", PushPosition.CLOSED, 10_000, 0),
                        token("b", PushPosition.CLOSED, 5_000, 8_000),
                        token("c", PushPosition.HOLD_SHRINK, 1_000, 0)));

        assertThat(PushMeters.of("meta", value, 12_500))
                .containsExactly(reading("closed", 2.5), reading("hold-shrink", 11.5));
    }

    @Test
    void anOpenPushIsClosedForNothing() {
        assertThat(PushMeters.of("meta", PushSwitch.OPEN, 12_500))
                .containsExactly(reading("closed", 0), reading("hold-shrink", 0));
    }

    private static PushToken token(String owner, PushPosition position, long since, long until) {
        return new PushToken(owner, "", position, PushScope.all(), since, until);
    }

    private static MeterReading reading(String position, double seconds) {
        return MeterReading.gauge(NAME, Map.of("by", "meta", "position", position), seconds);
    }
}
