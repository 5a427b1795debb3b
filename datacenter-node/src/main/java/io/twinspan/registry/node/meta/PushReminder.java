package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.pushswitch.PushSwitch;
import java.time.Duration;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reminds of a push that has been closed for long, again and again: nobody misses what is not pushed. */
final class PushReminder {
    /** When it is long; the alert of operators fires then. */
    static final Duration LONG = Duration.ofMinutes(3);

    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(PushReminder.class);

    private final DatacenterId datacenter;
    private long remindedMillis;

    PushReminder(DatacenterId datacenter) {
        this.datacenter = datacenter;
    }

    /** True when it has reminded now. */
    boolean onTick(PushSwitch value, long nowMillis) {
        OptionalLong since = value.closedSince(nowMillis);
        if (since.isEmpty()
                || nowMillis - since.getAsLong() < LONG.toMillis()
                || nowMillis - remindedMillis < EVERY.toMillis()) {
            return false;
        }
        remindedMillis = nowMillis;
        LOG.warn(
                "{}; that is {} s: what changes meanwhile reaches no client",
                PushSwitchView.notice(datacenter, value, nowMillis),
                (nowMillis - since.getAsLong()) / 1_000);
        return true;
    }
}
