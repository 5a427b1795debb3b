package io.twinspan.registry.sync.kafka;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A Kafka cluster and how to be let in.
 *
 * @param bootstrap {@code host:port,…}
 * @param client properties of Kafka's clients that say how a connection is made: those of SASL and TLS, and a few of the socket.
 *     May hold secrets, so no text of this record shows a value.
 */
public record KafkaClusterSettings(String bootstrap, Map<String, String> client) {
    private static final Set<String> OF_CONNECTIONS = Set.of(
            CommonClientConfigs.CLIENT_ID_CONFIG,
            CommonClientConfigs.CLIENT_RACK_CONFIG,
            CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG,
            CommonClientConfigs.SEND_BUFFER_CONFIG,
            CommonClientConfigs.RECEIVE_BUFFER_CONFIG,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG);

    /** Copies the properties; refuses one that Kafka does not know, or that is not for others to decide. */
    public KafkaClusterSettings {
        client = Map.copyOf(client);
        if (bootstrap.isBlank()) {
            throw new IllegalArgumentException("kafka: no bootstrap servers are named");
        }
        client.keySet().forEach(KafkaClusterSettings::check);
    }

    /** A cluster that everybody may use. */
    public static KafkaClusterSettings open(String bootstrap) {
        return new KafkaClusterSettings(bootstrap, Map.of());
    }

    @Override
    public String toString() {
        return "KafkaClusterSettings[" + bootstrap + ", client=" + new TreeMap<>(client).keySet() + "]";
    }

    private static void check(String key) {
        Set<String> known = new HashSet<>(AdminClientConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        if (!known.contains(key)) {
            throw new IllegalArgumentException("kafka-client: '" + key + "' is no property of Kafka's clients");
        }
        boolean isOfSecurity = key.startsWith("security.") || key.startsWith("sasl.") || key.startsWith("ssl.");
        if (!isOfSecurity && !OF_CONNECTIONS.contains(key)) {
            throw new IllegalArgumentException("kafka-client: '" + key
                    + "' is decided by the channel itself; only security.*, sasl.*, ssl.* and "
                    + OF_CONNECTIONS.stream().sorted().toList() + " can be set");
        }
    }
}
