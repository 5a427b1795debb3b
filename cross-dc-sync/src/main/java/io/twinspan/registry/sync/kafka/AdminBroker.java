package io.twinspan.registry.sync.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Kafka's admin client reads and changes of settings and partitions. */
final class AdminBroker implements TopicMender.Broker {
    private static final Logger LOG = LoggerFactory.getLogger(AdminBroker.class);

    private final Admin admin;

    AdminBroker(Admin admin) {
        this.admin = admin;
    }

    /**
     * A topic of so many partitions with its settings.
     *
     * @throws org.apache.kafka.common.errors.AuthorizationException when they may not be read
     */
    FoundTopic find(String topic, int partitions) throws InterruptedException {
        Map<String, String> all = new HashMap<>();
        Map<String, String> own = new HashMap<>();
        for (ConfigEntry entry : entries(new ConfigResource(ConfigResource.Type.TOPIC, topic))) {
            if (entry.value() != null) {
                all.put(entry.name(), entry.value());
                if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                    own.put(entry.name(), entry.value());
                }
            }
        }
        return new FoundTopic(partitions, all, own);
    }

    @Override
    public Map<String, String> settings() throws InterruptedException {
        Collection<Node> brokers = KafkaClients.answer(admin.describeCluster().nodes());
        Map<String, String> found = new HashMap<>();
        if (!brokers.isEmpty()) {
            // Of a cluster whose brokers are set differently, any one: a topic that does not fit it stays refused.
            String broker = brokers.iterator().next().idString();
            for (ConfigEntry entry : entries(new ConfigResource(ConfigResource.Type.BROKER, broker))) {
                if (entry.value() != null) {
                    found.put(entry.name(), entry.value());
                }
            }
        }
        return found;
    }

    @Override
    public void addPartitions(String topic, int partitions) throws InterruptedException {
        try {
            KafkaClients.answer(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all());
        } catch (InvalidPartitionsException already) {
            LOG.debug("another node was faster topic={} cause={}", topic, already.toString());
        }
    }

    @Override
    public void set(String topic, Map<String, String> settings) throws InterruptedException {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(each ->
                        new AlterConfigOp(new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        KafkaClients.answer(
                admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
                        .all());
    }

    private Collection<ConfigEntry> entries(ConfigResource resource) throws InterruptedException {
        Map<ConfigResource, Config> found =
                KafkaClients.answer(admin.describeConfigs(List.of(resource)).all());
        Config config = found.get(resource);
        return config == null ? List.of() : config.entries();
    }
}
