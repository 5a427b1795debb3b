package io.twinspan.registry.it.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.kafka.KafkaClusterSettings;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import io.twinspan.registry.sync.kafka.TopicSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings for channels of several datacenters that share one broker. */
final class SyncKafka {
    private static final int QUEUE = 64;
    private static final TopicSettings TOPICS = new TopicSettings(8, 0, Duration.ofHours(1), Duration.ofMillis(500));

    private SyncKafka() {}

    static KafkaSettings settings(String bootstrap, DatacenterId own, Set<DatacenterId> peers) {
        KafkaClusterSettings shared = KafkaClusterSettings.open(bootstrap);
        return settings(shared, own, peers.stream().collect(Collectors.toMap(Function.identity(), peer -> shared)));
    }

    static KafkaSettings settings(
            KafkaClusterSettings cluster, DatacenterId own, Map<DatacenterId, KafkaClusterSettings> peers) {
        return new KafkaSettings(own, cluster, peers, TOPICS, QUEUE, Duration.ofMillis(50), Duration.ofMillis(500));
    }
}
