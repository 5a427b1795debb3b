package io.twinspan.registry.node;

import io.twinspan.registry.config.KafkaCluster;
import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.config.Topology;
import io.twinspan.registry.sync.SyncLimits;
import io.twinspan.registry.sync.kafka.KafkaClusterSettings;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import io.twinspan.registry.sync.kafka.TopicSettings;
import java.util.stream.Collectors;

/** What an operator configured of Kafka, as the channel between datacenters takes it. */
final class KafkaParts {
    private KafkaParts() {}

    /** @throws IllegalArgumentException naming the key when a property of Kafka's clients is none, or not for operators */
    static KafkaSettings settings(Topology topology, TopicSettings topics, SyncLimits limits) {
        return new KafkaSettings(
                topology.local(),
                cluster(topology.kafka()),
                topology.peers().stream()
                        .collect(Collectors.toMap(PeerDatacenter::datacenter, peer -> cluster(peer.kafka()))),
                topics,
                limits.announceQueue(),
                limits.retryMin(),
                limits.retryMax());
    }

    private static KafkaClusterSettings cluster(KafkaCluster cluster) {
        return new KafkaClusterSettings(cluster.bootstrap(), cluster.client());
    }
}
