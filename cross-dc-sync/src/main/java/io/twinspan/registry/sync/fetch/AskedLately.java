package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;

/** When each datum was last asked about, remembered for as long as it must not be asked about again. */
final class AskedLately {
    /** The latest last. */
    private final LinkedHashMap<DataInfoId, Long> nanos = new LinkedHashMap<>();

    private final long pauseNanos;

    AskedLately(Duration pause) {
        this.pauseNanos = pause.toNanos();
    }

    void note(DataInfoId id, long nowNanos) {
        nanos.remove(id);
        nanos.put(id, nowNanos);
        Iterator<Long> oldest = nanos.values().iterator();
        while (nowNanos - oldest.next() > pauseNanos) {
            oldest.remove();
        }
    }

    /** Zero or less when it may be asked about now. */
    Duration untilNext(DataInfoId id, long nowNanos) {
        Long last = nanos.get(id);
        return last == null ? Duration.ZERO : Duration.ofNanos(last + pauseNanos - nowNanos);
    }
}
