package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** When each datum was last asked about, remembered for as long as it must not be asked about again. */
final class AskedLately {
    private final Map<DataInfoId, Long> nanos = new LinkedHashMap<>();
    private final long pauseNanos;

    AskedLately(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    void note(DataInfoId id, long nowNanos) {
        nanos.values().removeIf(at -> nowNanos - at > pauseNanos);
        nanos.put(id, nowNanos);
    }

    /** Zero or less when it may be asked about now. */
    Duration untilNext(DataInfoId id, long nowNanos) {
        Long last = nanos.get(id);
        return last == null ? Duration.ZERO : Duration.ofNanos(last + pauseNanos - nowNanos);
    }
}
