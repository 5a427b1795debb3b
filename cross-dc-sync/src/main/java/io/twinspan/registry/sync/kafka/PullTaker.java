package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.sync.announce.AnnouncementListener;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what peers ask. A question that cannot be read is skipped: whoever asked asks again, or asks directly. */
final class PullTaker implements TopicReader.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(PullTaker.class);

    private final AnnouncementListener listener;

    PullTaker(AnnouncementListener listener) {
        this.listener = listener;
    }

    @Override
    public void onUp(boolean isUp) {
        LOG.debug("questions of peers can be read={}", isUp);
    }

    @Override
    public void onRefused(String why) {
        LOG.debug("questions of peers may not be read={}", why);
    }

    @Override
    public void onPositioned() {
        LOG.debug("questions of peers are read from now on");
    }

    @Override
    public void onBytes(long bytes) {
        LOG.trace("read with questions of peers bytes={}", bytes);
    }

    @Override
    public CompletableFuture<Void> take(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> each : records) {
            try {
                listener.onPull(AnnouncementCodec.decodePull(each));
            } catch (IllegalArgumentException unreadable) {
                LOG.debug("skipped a record that is no question cause={}", unreadable.getMessage());
            }
        }
        return CompletableFuture.completedFuture(null);
    }
}
