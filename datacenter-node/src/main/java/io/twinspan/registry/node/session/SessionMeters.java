package io.twinspan.registry.node.session;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What the session role counts. */
public final class SessionMeters implements MeterSource {
    private static final Map<String, String> NONE = Map.of();

    private final SessionRole role;

    /** Of this role. */
    public SessionMeters(SessionRole role) {
        this.role = role;
    }

    @Override
    public CompletionStage<List<MeterReading>> read() {
        return role.inspection().counts().thenApply(this::readings);
    }

    private List<MeterReading> readings(SessionInspection.Counts counts) {
        List<MeterReading> readings = new ArrayList<>();
        readings.add(gauge("twinspan.session.publishers", NONE, counts.publishers()));
        readings.add(gauge("twinspan.session.subscribers", NONE, counts.subscribers()));
        readings.add(gauge("twinspan.session.watchers", NONE, counts.watchers()));
        readings.add(gauge("twinspan.session.connections", NONE, counts.connections()));
        readings.add(flag("twinspan.session.draining", NONE, role.isDraining()));
        role.metrics().forEach((name, value) -> readings.add(counter(name, NONE, value)));
        return readings;
    }
}
