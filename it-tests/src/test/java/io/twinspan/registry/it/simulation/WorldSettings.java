package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.meta.MetaSettings;
import java.time.Duration;

/** Settings of the nodes: the defaults, but for some that would make every run an hour long. */
record WorldSettings(MetaSettings meta, DataSettings data) {
    private static final Duration QUARANTINE = Duration.ofSeconds(25);

    static WorldSettings standard() {
        DataSettings all = DataSettings.standard();
        DataSettings.Retention kept = all.retention();
        return new WorldSettings(
                MetaSettings.standard(),
                all.withRetention(new DataSettings.Retention(
                                Duration.ofSeconds(30),
                                kept.tombstone(),
                                kept.emptied(),
                                kept.snapshot(),
                                kept.interest()))
                        .withQuarantine(all.quarantine().withBound(QUARANTINE)));
    }

    WorldSettings with(DataSettings other) {
        return new WorldSettings(meta, other);
    }

    /** Other leases of sessions, at meta and at data nodes. */
    WorldSettings withLeases(Duration lease) {
        return new WorldSettings(meta.withLeases(lease, meta.dataAbsence()), data.withSessionLease(lease));
    }
}
