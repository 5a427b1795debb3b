package io.twinspan.registry.sync.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients with our settings: small buffers, and no wait that a change would have to sit out. */
final class KafkaClients {
    /** How long a call of these clients may wait for a broker before we look again whether we are to end. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);

    private static final long BUFFER_BYTES = 8L << 20;
    private static final int FETCH_BYTES = 4 << 20;
    private static final int PARTITION_FETCH_BYTES = 1 << 20;
    private static final int RECORDS_A_POLL = 500;
    private static final int REQUEST_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int METADATA_MILLIS = 10_000;
    private static final int RECONNECT_MIN_MILLIS = 50;
    private static final int RECONNECT_MAX_MILLIS = 1_000;
    private static final String CONNECTIONS = "connection-count";

    private KafkaClients() {}

    static Admin admin(KafkaClusterSettings cluster) {
        return Admin.create(common(cluster));
    }

    /**
     * Sends at once: what comes together was merged before.
     *
     * @param idle how long it goes on asking for a topic that nothing is sent to. Whoever asks for one that was deleted has it made by a
     *     broker that makes topics by itself, and a producer cannot say that it shall not.
     */
    static KafkaProducer<byte[], byte[]> producer(KafkaClusterSettings cluster, Duration idle) {
        Map<String, Object> config = common(cluster);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CALL_TIMEOUT.toMillis());
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        // A writer with nothing to write comes back to a broker only to renew its metadata.
        config.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, idle.toMillis());
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<byte[], byte[]> consumer(KafkaClusterSettings cluster) {
        Map<String, Object> config = common(cluster);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A place that is gone is to be noticed, not skipped.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) CALL_TIMEOUT.toMillis());
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Whether a client has a connection to any broker, as its own metrics say; Kafka offers no other way to ask. */
    static boolean isConnected(Map<MetricName, ? extends Metric> metrics) {
        for (Map.Entry<MetricName, ? extends Metric> each : metrics.entrySet()) {
            if (each.getKey().name().equals(CONNECTIONS)
                    && each.getValue().metricValue() instanceof Double count
                    && count > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * What a cluster answers.
     *
     * @throws KafkaException its own when it refuses, and when no answer comes within {@link #CALL_TIMEOUT}
     */
    static <T> T answer(KafkaFuture<T> asked) throws InterruptedException {
        try {
            return asked.get(CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KafkaException named) {
                throw named;
            }
            throw new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("no answer within " + CALL_TIMEOUT, late);
        }
    }

    private static Map<String, Object> common(KafkaClusterSettings cluster) {
        Map<String, Object> config = new HashMap<>(cluster.client());
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrap());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, (long) RECONNECT_MIN_MILLIS);
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, (long) RECONNECT_MAX_MILLIS);
        // An idle connection is kept: a lost one is then always a broker that is away.
        config.put(AdminClientConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, -1L);
        // The clients would offer their metrics to JMX and to the broker; we tell our own.
        config.put(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        config.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return config;
    }
}
