package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What one topic of ours must be, and what is wrong with one that is there. Pure. */
record TopicShape(String topic, int partitions, TopicSettings settings) {
    /** The largest record that we write, with room for its headers; Kafka's own default. */
    static final int MESSAGE_BYTES = 1_048_588;

    private static final String ALTER = "kafka-configs.sh --alter --entity-type topics --entity-name ";

    NewTopic asNew() {
        Optional<Short> replicas = settings.replicationFactor() == 0
                ? Optional.empty()
                : Optional.of((short) settings.replicationFactor());
        return new NewTopic(topic, Optional.of(partitions), replicas)
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(settings.retention().toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(MESSAGE_BYTES),
                        // A writer whose clock is wrong would otherwise have its records deleted at once, or never.
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime"));
    }

    /**
     * What is wrong with the topic as it is; empty when it can be used.
     *
     * @param found its settings, by name; one that is missing is not judged
     */
    List<TopicFault> faults(int foundPartitions, Map<String, String> found) {
        List<TopicFault> faults = new ArrayList<>();
        if (foundPartitions != partitions) {
            faults.add(new TopicFault(
                    topic,
                    "partitions",
                    Integer.toString(foundPartitions),
                    Integer.toString(partitions),
                    "delete the topic, kafka-topics.sh --delete --topic " + topic
                            + "; it is made anew and nothing is lost by it"));
        }
        String policy = found.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy != null && !policy.equals(TopicConfig.CLEANUP_POLICY_DELETE)) {
            faults.add(fault(TopicConfig.CLEANUP_POLICY_CONFIG, policy, TopicConfig.CLEANUP_POLICY_DELETE));
        }
        checkRetention(found.get(TopicConfig.RETENTION_MS_CONFIG), faults);
        Long bytes = number(found.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        if (bytes != null && bytes < MESSAGE_BYTES) {
            faults.add(
                    fault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(bytes), Integer.toString(MESSAGE_BYTES)));
        }
        return faults;
    }

    private void checkRetention(@Nullable String text, List<TopicFault> faults) {
        Long millis = number(text);
        if (millis == null) {
            return;
        }
        boolean isKept = millis < 0 || millis >= TopicSettings.LEAST_RETENTION.toMillis();
        boolean isLetGo = millis >= 0 && Duration.ofMillis(millis).compareTo(TopicSettings.MOST_RETENTION) <= 0;
        if (!isKept || !isLetGo) {
            faults.add(fault(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(millis),
                    Long.toString(settings.retention().toMillis())));
        }
    }

    private TopicFault fault(String setting, String found, String wanted) {
        return new TopicFault(topic, setting, found, wanted, ALTER + topic + " --add-config " + setting + "=" + wanted);
    }

    private static @Nullable Long number(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException unheardOf) {
            return null;
        }
    }
}
