package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where announcements are written and read.
 *
 * @param ownCluster holds the own topics
 * @param peerClusters hold each peer's topics; in one shared by all they equal the own one
 * @param queue most announcements that wait to be sent
 * @param retryMin wait before a broker that failed is tried again
 * @param retryMax longest such wait
 */
public record KafkaSettings(
        DatacenterId own,
        KafkaClusterSettings ownCluster,
        Map<DatacenterId, KafkaClusterSettings> peerClusters,
        TopicSettings topics,
        int queue,
        Duration retryMin,
        Duration retryMax) {
    private static final String TOPIC_PREFIX = "twinspan.announce.";
    private static final String PULL_PREFIX = "twinspan.pull.";

    /** Copies the peers and refuses a queue without room. */
    public KafkaSettings {
        peerClusters = Map.copyOf(peerClusters);
        if (queue < 1) {
            throw new IllegalArgumentException("sync.announce-queue is " + queue + ", not 1 or more");
        }
    }

    /** The topic a datacenter announces in. */
    public static String topicOf(DatacenterId datacenter) {
        return TOPIC_PREFIX + datacenter.name();
    }

    /** The topic a datacenter is asked in. */
    public static String pullTopicOf(DatacenterId datacenter) {
        return PULL_PREFIX + datacenter.name();
    }

    /** What the own topics must be. */
    List<TopicShape> ownTopics() {
        return List.of(
                new TopicShape(topicOf(own), topics.partitions(), topics),
                // Questions are few, and their order among each other does not matter.
                new TopicShape(pullTopicOf(own), 1, topics));
    }

    /** The peers' topics that stand in a cluster. */
    Set<String> peerTopicsIn(KafkaClusterSettings cluster) {
        return peerClusters.entrySet().stream()
                .filter(peer -> peer.getValue().equals(cluster))
                .flatMap(peer -> Stream.of(topicOf(peer.getKey()), pullTopicOf(peer.getKey())))
                .collect(Collectors.toUnmodifiableSet());
    }
}
