package io.twinspan.registry.node;

import static io.twinspan.registry.node.metrics.MeterReading.counter;
import static io.twinspan.registry.node.metrics.MeterReading.flag;
import static io.twinspan.registry.node.metrics.MeterReading.gauge;

import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.membership.MetaLink;
import io.twinspan.registry.node.metrics.MeterReading;
import io.twinspan.registry.node.metrics.MeterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The cluster as one of this node's roles sees it. */
record ClusterMeters(NodeRole by, MetaLink link) implements MeterSource {
    @Override
    public CompletionStage<List<MeterReading>> read() {
        Map<String, String> label = Map.of("by", word(by));
        List<MeterReading> readings = new ArrayList<>();
        readings.add(flag("twinspan.meta.link.granted", label, link.isGranted()));
        readings.add(flag("twinspan.meta.link.heard", label, link.isHeard()));
        readings.add(counter("twinspan.meta.link.failures", label, link.failures()));
        for (NodeRole role : List.of(NodeRole.DATA, NodeRole.SESSION)) {
            readings.add(gauge(
                    "twinspan.cluster.members",
                    Map.of("by", word(by), "role", word(role)),
                    link.current().inRole(role).size()));
        }
        return CompletableFuture.completedFuture(readings);
    }

    private static String word(NodeRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
