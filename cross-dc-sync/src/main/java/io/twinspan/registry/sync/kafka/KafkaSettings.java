package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import java.time.Duration;
import java.util.Map;

/**
 * Where announcements are written and read.
 *
 * @param ownBootstrap {@code host:port,…} of the cluster that holds the own topic
 * @param peerBootstraps the same of the cluster that holds each peer's topic
 * @param queue most announcements that wait to be sent
 * @param retryMin wait before a broker that failed is tried again
 * @param retryMax longest such wait
 */
public record KafkaSettings(
        DatacenterId own,
        String ownBootstrap,
        Map<DatacenterId, String> peerBootstraps,
        int queue,
        Duration retryMin,
        Duration retryMax) {
    private static final String TOPIC_PREFIX = "twinspan.announce.";
    private static final String PULL_PREFIX = "twinspan.pull.";

    /** Copies the peers and refuses a queue without room. */
    public KafkaSettings {
        peerBootstraps = Map.copyOf(peerBootstraps);
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
}
