package io.twinspan.registry.sync.kafka;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one topic, on a thread of its own. What was taken leaves the queue only to be sent or to be given back.
 *
 * @param <T> what is written
 */
final class TopicWriter<T> implements Runnable {
    /** Told how the writing fares. Called on any thread. */
    interface Teller<T> {
        /** Whether the topic can be written, at each change. */
        void onUp(boolean isUp);

        /** This was taken and could not be sent. */
        void onUnsent(T unsent);

        /** After a refused offer: there is room again. */
        void onRoom();
    }

    /**
     * Where to write.
     *
     * @param queue most that waits
     * @param idle how long the topic is asked for when nothing is written
     */
    record Target<T>(
            String topic,
            TopicKeeper keeper,
            int queue,
            Duration idle,
            Function<T, ProducerRecord<byte[], byte[]>> encoding) {}

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Target<T> target;
    private final Teller<T> listener;
    private final CountDownLatch closed;
    private final BlockingQueue<T> queue;
    private final AtomicBoolean isRefusing = new AtomicBoolean();
    private final Connection connection;
    private final Pause pause;
    // Set on the producer's thread, looked at on ours.
    private volatile @Nullable Exception inVain;

    TopicWriter(Target<T> target, Teller<T> listener, KafkaSettings settings, CountDownLatch closed) {
        this.target = target;
        this.listener = listener;
        this.closed = closed;
        this.queue = new ArrayBlockingQueue<>(target.queue());
        this.connection = new Connection(
                "write " + target.topic(), target.keeper().cluster().bootstrap(), listener::onUp);
        this.pause = new Pause(closed, settings);
    }

    /** Any thread; false when the queue is full. */
    boolean offer(T announcement) {
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
            // At least once: what was taken before an early end is still sent.
            do {
                awaitTopic();
                write();
            } while (!isClosed());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitTopic() throws InterruptedException {
        while (!target.keeper().isFit(target.topic())) {
            target.keeper().whyUnfit(target.topic()).ifPresent(connection::down);
            pause.await();
        }
    }

    /** One life of a producer: until the end, until the topic is refused, or until only a new producer gets on. */
    private void write() throws InterruptedException {
        try (Producing producing =
                new Producing(KafkaClients.producer(target.keeper().cluster(), target.idle()))) {
            // A producer connects to nothing until it is asked for something.
            producing.producer.partitionsFor(target.topic());
            while (!isClosed()) {
                if (!target.keeper().isFit(target.topic())) {
                    return;
                }
                T next = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                judge(producing);
                if (next != null) {
                    tellOfRoom();
                    producing.send(next);
                }
            }
            for (T last = queue.poll(); last != null; last = queue.poll()) {
                producing.send(last);
            }
        } catch (RuntimeException broken) {
            // The edge of the thread: nothing may end it but the channel's own end.
            connection.down(broken.toString());
            tellRefusal(broken);
            pause.await();
        }
    }

    /** A connection is not enough: what was sent last has to have been taken. */
    private void judge(Producing producing) {
        Exception failed = inVain;
        if (failed == null) {
            connection.set(KafkaClients.isConnected(producing.producer.metrics()));
        } else {
            connection.down("what is sent is not taken: " + failed);
        }
        tellRefusal(failed);
    }

    private void tellRefusal(@Nullable Exception failed) {
        boolean isRefusal = failed instanceof AuthorizationException;
        target.keeper().onWriteRefused(target.topic(), isRefusal ? String.valueOf(failed) : "");
    }

    private void tellOfRoom() {
        if (isRefusing.compareAndSet(true, false)) {
            listener.onRoom();
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** A producer in use. */
    private final class Producing implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;

        Producing(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        void send(T announcement) {
            try {
                producer.send(target.encoding().apply(announcement), (where, failure) -> onSent(announcement, failure));
            } catch (KafkaException notTaken) {
                listener.onUnsent(announcement);
                throw notTaken;
            }
        }

        private void onSent(T announcement, @Nullable Exception failure) {
            inVain = failure;
            if (failure == null) {
                pause.reset();
            } else if (!isClosed()) {
                // The topic may have been deleted.
                target.keeper().wake();
                listener.onUnsent(announcement);
            }
        }

        @Override
        public void close() {
            producer.close(LAST_WORDS);
        }
    }
}
