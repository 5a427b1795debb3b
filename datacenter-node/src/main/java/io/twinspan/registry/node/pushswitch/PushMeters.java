package io.twinspan.registry.node.pushswitch;

import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.pushswitch.PushToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** For how long push has been closed, as one of this node's roles knows the switch. Pure. */
public final class PushMeters {
    private static final double MILLIS = 1_000.0;

    private PushMeters() {}

    /**
     * One reading a position, 0 while nobody has closed anything to it. A closing of a part counts, too.
     *
     * @param by name of the role
     */
    public static List<MeterReading> of(String by, PushSwitch value, long nowMillis) {
        List<MeterReading> readings = new ArrayList<>();
        for (PushPosition position : List.of(PushPosition.CLOSED, PushPosition.HOLD_SHRINK)) {
            long since = value.tokens().stream()
                    .filter(token -> token.isInForce(nowMillis) && token.position() == position)
                    .mapToLong(PushToken::sinceMillis)
                    .min()
                    .orElse(nowMillis);
            readings.add(MeterReading.gauge(
                    "twinspan.push.closed.seconds",
                    Map.of("by", by, "position", position.word()),
                    Math.max(0, nowMillis - since) / MILLIS));
        }
        return readings;
    }
}
