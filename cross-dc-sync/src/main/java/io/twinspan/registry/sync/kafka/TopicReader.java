package io.twinspan.registry.sync.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one topic from its end, on a thread of its own, one batch under way at a time. Nothing is committed. */
final class TopicReader implements Runnable {
    /** Gets what is read. Called on the reader's thread. */
    interface Taker {
        /** Whether the topic can be read, at each change. */
        void onUp(boolean isUp);

        /** The cluster does not let us in, and why in one line; empty when it does again. */
        void onRefused(String why);

        /** Reading begins, or begins anew, at the end: what was written before may be missed. */
        void onPositioned();

        /** So many bytes have come over the wire, beyond those told before. */
        void onBytes(long bytes);

        /** Completes when the next batch may come. */
        CompletableFuture<Void> take(ConsumerRecords<byte[], byte[]> records);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final String topic;
    private final KafkaClusterSettings cluster;
    private final TopicKeeper keeper;
    private final Taker taker;
    private final CountDownLatch closed;
    private final Connection connection;
    private final Pause pause;

    TopicReader(String topic, TopicKeeper keeper, Taker taker, KafkaSettings settings, CountDownLatch closed) {
        this.topic = topic;
        this.keeper = keeper;
        this.cluster = keeper.cluster();
        this.taker = taker;
        this.closed = closed;
        this.connection = new Connection("read " + topic, cluster.bootstrap(), taker::onUp);
        this.pause = new Pause(closed, settings);
    }

    @Override
    public void run() {
        try {
            while (!isClosed()) {
                try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(cluster)) {
                    read(consumer);
                } catch (AuthenticationException | AuthorizationException refused) {
                    taker.onRefused("topic " + topic + " may not be read at " + cluster.bootstrap() + ": " + refused);
                    connection.down(refused.toString());
                    pause.await();
                } catch (RuntimeException broken) {
                    // The edge of the thread: nothing may end it but the channel's own end.
                    connection.down(broken.toString());
                    pause.await();
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the end, until the topic is another one, or until the consumer is in a state that only a new one gets out of. */
    private void read(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        Optional<TopicIdentity> identity = keeper.identity(topic);
        List<TopicPartition> partitions = findPartitions(consumer);
        consumer.assign(partitions);
        begin(consumer, partitions);
        taker.onRefused("");
        connection.up();
        pause.reset();
        IncomingBytes bytes = new IncomingBytes();
        while (!isClosed()) {
            Optional<TopicIdentity> seen = keeper.identity(topic);
            if ((identity.isPresent() && !seen.equals(identity)) || !isWhole(partitions.size(), seen)) {
                LOG.warn("a topic was made anew or was given partitions, reading it from its end topic={}", topic);
                return;
            }
            identity = seen;
            ConsumerRecords<byte[], byte[]> records;
            try {
                records = consumer.poll(LOOK);
            } catch (InvalidOffsetException lost) {
                // Truncated, or made anew: what stood between is gone, and the taker is to know.
                LOG.warn(
                        "the place in a topic is gone, reading on at its end topic={} cause={}",
                        topic,
                        lost.toString());
                keeper.wake();
                begin(consumer, partitions);
                continue;
            }
            bytes.look(consumer.metrics(), taker::onBytes);
            if (records.isEmpty()) {
                connection.set(KafkaClients.isConnected(consumer.metrics()));
            } else {
                connection.up();
                awaitTaken(taker.take(records));
            }
        }
    }

    /** The end is looked up before anybody is told: whatever is written because of that is read. */
    private void begin(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        taker.onPositioned();
    }

    private List<TopicPartition> findPartitions(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (true) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, KafkaClients.CALL_TIMEOUT);
            if (found != null && !found.isEmpty()) {
                if (isWhole(found.size(), keeper.identity(topic))) {
                    return found.stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
                }
                // One of us two has not heard of it yet; nobody is kept from reading what settles at the next look.
                keeper.wake();
                connection.down("the topic is being made anew or given partitions");
            } else {
                connection.down("the topic does not exist yet");
            }
            pause.await();
        }
    }

    /** Whether so many partitions are all that the topic was last seen with. */
    private static boolean isWhole(int partitions, Optional<TopicIdentity> seen) {
        return seen.isEmpty() || seen.get().partitions() == partitions;
    }

    /** The receiver sets the pace; if it has ended for good, so do we at the next look. */
    private void awaitTaken(CompletableFuture<Void> taken) throws InterruptedException {
        while (!isClosed()) {
            try {
                taken.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillBusy) {
                LOG.debug("records wait to be taken in topic={}", topic);
            } catch (ExecutionException fault) {
                throw new IllegalStateException("records of " + topic + " were not taken in", fault.getCause());
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
