package io.twinspan.registry.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A Kafka cluster as this datacenter's nodes reach it.
 *
 * @param bootstrap {@code host:port[,host:port]}; empty when there is none
 * @param client further properties of Kafka's clients, for example {@code security.protocol}; may hold secrets, so no text of this
 *     record shows a value
 */
public record KafkaCluster(String bootstrap, Map<String, String> client) {
    /** Copies the properties; refuses a value that still names an environment variable, which then was not set. */
    public KafkaCluster {
        client = Map.copyOf(client);
        client.forEach((key, value) -> {
            if (value.contains("${")) {
                throw new IllegalArgumentException("kafka-client: the value of '" + key
                        + "' names an environment variable that is not set, or a place that is not looked up; set the"
                        + " variable, or put the value into the file of secrets");
            }
        });
    }

    /** A cluster that everybody may use. */
    public static KafkaCluster open(String bootstrap) {
        return new KafkaCluster(bootstrap, Map.of());
    }

    /**
     * The same with what a file of {@code key=value} lines adds.
     *
     * @throws IllegalArgumentException naming the file when it cannot be read or gives a key a second value
     */
    public KafkaCluster withSecrets(Path file) {
        Properties secrets = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            secrets.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            // The cause's text is left out: of a malformed line it would show the line.
            throw new IllegalArgumentException("kafka-client: the file of secrets " + file
                    + " cannot be read (" + unreadable.getClass().getSimpleName()
                    + "); it must be there, readable by this node's user, and hold lines of key=value");
        }
        Map<String, String> all = new TreeMap<>(client);
        for (String key : secrets.stringPropertyNames()) {
            if (all.put(key, secrets.getProperty(key)) != null) {
                throw new IllegalArgumentException("kafka-client: '" + key + "' stands under properties and in " + file
                        + "; leave one of them out");
            }
        }
        return new KafkaCluster(bootstrap, all);
    }

    /** True when there is none. */
    public boolean isBlank() {
        return bootstrap.isBlank();
    }

    @Override
    public String toString() {
        return "KafkaCluster[" + bootstrap + ", client=" + new TreeMap<>(client).keySet() + "]";
    }
}
