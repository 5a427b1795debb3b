package io.twinspan.registry.it.simulation;

import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.meta.MetaSettings;
import java.time.Duration;

/** Settings of the nodes: the defaults, but for two that would make every run an hour long. */
record WorldSettings(MetaSettings meta, DataSettings data) {
    static WorldSettings standard() {
        DataSettings all = DataSettings.standard();
        DataSettings.Retention kept = all.retention();
        return new WorldSettings(
                MetaSettings.standard(),
                new DataSettings(
                        all.warming(),
                        new DataSettings.Retention(
                                Duration.ofSeconds(30),
                                kept.tombstone(),
                                kept.emptied(),
                                kept.snapshot(),
                                kept.interest()),
                        all.notices(),
                        all.replication(),
                        all.sessionLease(),
                        all.foreignConfirmation()));
    }

    WorldSettings with(DataSettings other) {
        return new WorldSettings(meta, other);
    }

    /** Other leases of sessions, at meta and at data nodes. */
    WorldSettings withLeases(Duration lease) {
        return new WorldSettings(
                meta.withLeases(lease, meta.dataAbsence()),
                new DataSettings(data.warming(), data.retention(), data.notices(), data.replication(), lease, data.foreignConfirmation()));
    }
}
