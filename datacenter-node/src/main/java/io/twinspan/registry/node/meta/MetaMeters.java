package io.twinspan.registry.node.meta;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import io.twinspan.registry.node.pushswitch.PushMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the meta role counts. */
public final class MetaMeters implements MeterSource {
    private static final Map<String, String> NONE = Map.of();

    private final MetaRole role;

    /** Of this role. */
    public MetaMeters(MetaRole role) {
        this.role = role;
    }

    @Override
    public CompletionStage<List<MeterReading>> read() {
        GroupStatus group = role.status();
        MetaState state = role.state();
        List<MeterReading> readings = new ArrayList<>();
        readings.add(flag("twinspan.healthy", Map.of("role", "meta"), role.isHealthy()));
        readings.add(flag("twinspan.meta.ready", NONE, role.isReady()));
        readings.add(flag("twinspan.meta.raft.leading", NONE, group.isLeader()));
        readings.add(flag("twinspan.meta.raft.has.leader", NONE, group.leader().isPresent()));
        readings.add(gauge("twinspan.meta.raft.members", NONE, group.members().size()));
        readings.add(counter("twinspan.meta.raft.leader.changes", NONE, role.leaderChanges()));
        readings.add(counter("twinspan.meta.lease.renewals", NONE, role.renewals()));
        readings.add(
                gauge("twinspan.meta.policies", NONE, state.policies().rules().size()));
        for (NodeRole each : List.of(NodeRole.DATA, NodeRole.SESSION)) {
            readings.add(gauge(
                    "twinspan.meta.members", Map.of("role", each.name().toLowerCase(Locale.ROOT)), role.members(each)));
        }
        readings.addAll(PushMeters.of("meta", state.push(), role.nowMillis()));
        role.memberChanges()
                .forEach((each, changes) -> readings.add(counter(
                        "twinspan.meta.members.changes",
                        Map.of("role", each.name().toLowerCase(Locale.ROOT)),
                        changes)));
        return CompletableFuture.completedFuture(readings);
    }
}
