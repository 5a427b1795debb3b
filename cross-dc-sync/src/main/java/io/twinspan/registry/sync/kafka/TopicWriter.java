package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Changed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Writes the own topic, on a thread of its own. An announcement leaves the queue only to be sent or to be given back. */
final class TopicWriter implements Runnable {
    private static final int PARTITIONS = 8;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Kept for ever: until whole digests are exchanged, the topic is all that a peer which starts anew can learn from. */
    private static final String RETENTION_MILLIS = "-1";

    private final KafkaSettings settings;
    private final AnnouncementListener listener;
    private final CountDownLatch closed;
    private final BlockingQueue<Changed> queue;
    private final AtomicBoolean isRefusing = new AtomicBoolean();
    private final Connection connection;
    private final Pause pause;

    TopicWriter(KafkaSettings settings, AnnouncementListener listener, CountDownLatch closed) {
        this.settings = settings;
        this.listener = listener;
        this.closed = closed;
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.connection = new Connection("write " + topic(), settings.ownBootstrap(), listener::onWriting);
        this.pause = new Pause(closed, settings);
    }

    /** Any thread; false when the queue is full. */
    boolean offer(Changed announcement) {
        if (queue.offer(announcement)) {
            return true;
        }
        isRefusing.set(true);
        // The writer may have emptied the queue in between and would then tell nobody that there is room.
        if (queue.isEmpty() && isRefusing.compareAndSet(true, false)) {
            listener.onRoom();
        }
        return false;
    }

    @Override
    public void run() {
        try {
            makeTopic();
            // At least once: what was taken before an early end is still sent.
            do {
                write();
            } while (!isClosed());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeTopic() throws InterruptedException {
        while (true) {
            try (Admin admin = KafkaClients.admin(settings.ownBootstrap())) {
                NewTopic topic = new NewTopic(topic(), Optional.of(PARTITIONS), Optional.empty())
                        .configs(Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                RETENTION_MILLIS,
                                TopicConfig.RETENTION_BYTES_CONFIG,
                                "-1"));
                admin.createTopics(List.of(topic))
                        .all()
                        .get(KafkaClients.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (ExecutionException refused) {
                if (refused.getCause() instanceof TopicExistsException) {
                    return;
                }
                connection.down(String.valueOf(refused.getCause()));
            } catch (KafkaException | TimeoutException notThere) {
                connection.down(notThere.toString());
            }
            pause.await();
        }
    }

    /** One life of a producer: until the end, or until it is in a state that only a new one gets out of. */
    private void write() throws InterruptedException {
        try (Producing producing = new Producing(KafkaClients.producer(settings.ownBootstrap()))) {
            // A producer connects to nothing until it is asked for something.
            producing.producer.partitionsFor(topic());
            while (!isClosed()) {
                Changed next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                connection.set(KafkaClients.isConnected(producing.producer.metrics()));
                if (next != null) {
                    tellOfRoom();
                    producing.send(next);
                }
            }
            for (Changed last = queue.poll(); last != null; last = queue.poll()) {
                producing.send(last);
            }
        } catch (RuntimeException broken) {
            // The edge of the thread: nothing may end it but the channel's own end.
            connection.down(broken.toString());
            pause.await();
        }
    }

    private void tellOfRoom() {
        if (isRefusing.compareAndSet(true, false)) {
            listener.onRoom();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private String topic() {
        return KafkaSettings.topicOf(settings.own());
    }

    /** A producer in use. */
    private final class Producing implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;

        Producing(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        void send(Changed announcement) {
            try {
                producer.send(
                        AnnouncementCodec.encode(topic(), announcement),
                        (where, failure) -> onSent(announcement, failure));
            } catch (KafkaException notTaken) {
                listener.onUnsent(announcement);
                throw notTaken;
            }
        }

        private void onSent(Changed announcement, @Nullable Exception failure) {
            if (failure == null) {
                pause.reset();
            } else if (!isClosed()) {
                listener.onUnsent(announcement);
            }
        }

        @Override
        public void close() {
            producer.close(LAST_WORDS);
        }
    }
}
