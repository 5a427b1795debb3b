package io.twinspan.registry.it.sync;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settings for channels of several datacenters that share one broker. */
final class SyncKafka {
    private static final int QUEUE = 64;

    private SyncKafka() {}

    static KafkaSettings settings(String bootstrap, DatacenterId own, Set<DatacenterId> peers) {
        return new KafkaSettings(
                own,
                bootstrap,
                peers.stream().collect(Collectors.toMap(Function.identity(), peer -> bootstrap)),
                QUEUE,
                Duration.ofMillis(50),
                Duration.ofMillis(500));
    }
}
