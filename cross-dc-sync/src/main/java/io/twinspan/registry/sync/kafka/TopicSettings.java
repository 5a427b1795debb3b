package io.twinspan.registry.sync.kafka;

import java.time.Duration;

/**
 * How topics are made and looked at.
 *
 * @param partitions of the topic of announcements; all of one slot's go to one of them
 * @param replicationFactor of topics that are made; 0 leaves it to the cluster
 * @param retention how long records are kept: long enough for a reader that was away for a moment; who was away longer asks for all
 * @param lookAgain between two looks at topics that were well at the last one
 */
public record TopicSettings(int partitions, int replicationFactor, Duration retention, Duration lookAgain) {
    /** Records are kept at least so long. */
    static final Duration LEAST_RETENTION = Duration.ofMinutes(10);

    /** And at most so long: they are worth nothing any more, and a thousand changes a second are 7 GB a day. */
    static final Duration MOST_RETENTION = Duration.ofDays(7);

    private static final int MOST_PARTITIONS = 256;
    private static final int MOST_REPLICAS = 9;

    /** Refuses what would not work. */
    public TopicSettings {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "kafka-topics.partitions is " + partitions + ", not between 1 and " + MOST_PARTITIONS);
        }
        if (replicationFactor < 0 || replicationFactor > MOST_REPLICAS) {
            throw new IllegalArgumentException("kafka-topics.replication-factor is " + replicationFactor
                    + ", not between 1 and " + MOST_REPLICAS + ", nor 0 for the cluster's own");
        }
        if (retention.compareTo(LEAST_RETENTION) < 0 || retention.compareTo(MOST_RETENTION) > 0) {
            throw new IllegalArgumentException("kafka-topics.retention is " + retention + ", not between "
                    + LEAST_RETENTION + " and " + MOST_RETENTION);
        }
        if (lookAgain.isNegative() || lookAgain.isZero()) {
            throw new IllegalArgumentException("kafka-topics.look-again is " + lookAgain + ", not more than nothing");
        }
    }

    /** The defaults. */
    public static TopicSettings standard() {
        return new TopicSettings(8, 0, Duration.ofHours(1), Duration.ofSeconds(10));
    }

    /** The same with what an operator may choose. */
    public TopicSettings with(int chosenReplicationFactor, Duration chosenRetention) {
        return new TopicSettings(partitions, chosenReplicationFactor, chosenRetention, lookAgain);
    }
}
