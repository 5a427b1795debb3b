package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Changed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one peer's topic from its beginning, on a thread of its own, one batch under way at a time. */
final class TopicReader implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final DatacenterId peer;
    private final String topic;
    private final String bootstrap;
    private final AnnouncementListener listener;
    private final CountDownLatch closed;
    private final Connection connection;
    private final Pause pause;
    private boolean hasMetUnreadable;

    TopicReader(DatacenterId peer, KafkaSettings settings, AnnouncementListener listener, CountDownLatch closed) {
        this.peer = peer;
        this.topic = KafkaSettings.topicOf(peer);
        this.bootstrap = String.valueOf(settings.peerBootstraps().get(peer));
        this.listener = listener;
        this.closed = closed;
        this.connection = new Connection("read " + topic, bootstrap, isUp -> listener.onReading(peer, isUp));
        this.pause = new Pause(closed, settings);
    }

    @Override
    public void run() {
        try {
            while (!isClosed()) {
                try (KafkaConsumer<byte[], byte[]> consumer = KafkaClients.consumer(bootstrap)) {
                    read(consumer);
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

    /** Until the end, or until the consumer is in a state that only a new one gets out of. */
    private void read(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = findPartitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        boolean isCaughtUp = false;
        connection.up();
        pause.reset();
        while (!isClosed()) {
            if (!isCaughtUp && hasReached(consumer, ends)) {
                isCaughtUp = true;
                listener.onCaughtUp(peer);
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(LOOK);
            if (records.isEmpty()) {
                connection.set(KafkaClients.isConnected(consumer.metrics()));
            } else {
                connection.up();
                deliver(records);
            }
        }
    }

    private List<TopicPartition> findPartitions(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (true) {
            List<PartitionInfo> found = consumer.partitionsFor(topic, KafkaClients.CALL_TIMEOUT);
            if (found != null && !found.isEmpty()) {
                return found.stream()
                        .map(each -> new TopicPartition(topic, each.partition()))
                        .toList();
            }
            connection.down("the topic does not exist yet");
            pause.await();
        }
    }

    private static boolean hasReached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void deliver(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        List<Changed> batch = new ArrayList<>(records.count());
        int unreadable = 0;
        for (ConsumerRecord<byte[], byte[]> each : records) {
            try {
                batch.add(AnnouncementCodec.decode(each));
            } catch (IllegalArgumentException poisoned) {
                unreadable++;
                tellOnce(each, poisoned);
            }
        }
        if (unreadable > 0) {
            listener.onUnreadable(peer, unreadable);
        }
        if (!batch.isEmpty()) {
            awaitTaken(listener.onChanged(peer, batch).toCompletableFuture());
        }
    }

    /** The receiver sets the pace; if it has ended for good, so do we at the next look. */
    private void awaitTaken(CompletableFuture<Void> taken) throws InterruptedException {
        while (!isClosed()) {
            try {
                taken.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillBusy) {
                LOG.debug("announcements wait to be taken in peer={}", peer);
            } catch (ExecutionException fault) {
                throw new IllegalStateException("announcements of " + peer + " were not taken in", fault.getCause());
            }
        }
    }

    private void tellOnce(ConsumerRecord<byte[], byte[]> poisoned, IllegalArgumentException cause) {
        if (!hasMetUnreadable) {
            hasMetUnreadable = true;
            LOG.warn(
                    "skipped a record that is no announcement, further ones are only counted peer={} partition={} offset={}"
                            + " cause={}",
                    peer,
                    poisoned.partition(),
                    poisoned.offset(),
                    cause.getMessage());
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }
}
