package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what is read of a peer's announcements. */
final class AnnouncementTaker implements TopicReader.Taker {
    private static final Logger LOG = LoggerFactory.getLogger(AnnouncementTaker.class);

    private final DatacenterId peer;
    private final AnnouncementListener listener;
    private boolean hasMetUnreadable;

    AnnouncementTaker(DatacenterId peer, AnnouncementListener listener) {
        this.peer = peer;
        this.listener = listener;
    }

    @Override
    public void onUp(boolean isUp) {
        listener.onReading(peer, isUp);
    }

    @Override
    public void onRefused(String why) {
        listener.onRefused(peer, why);
    }

    @Override
    public void onPositioned() {
        listener.onInDoubt(peer);
    }

    @Override
    public void onBytes(long bytes) {
        listener.onBytes(peer, bytes);
    }

    @Override
    public CompletableFuture<Void> take(ConsumerRecords<byte[], byte[]> records) {
        List<Announcement> batch = new ArrayList<>(records.count());
        int poisoned = 0;
        int newer = 0;
        for (ConsumerRecord<byte[], byte[]> each : records) {
            try {
                batch.add(AnnouncementCodec.decode(each));
            } catch (NewerFormatException later) {
                newer++;
                tellOnce(each, later);
            } catch (IllegalArgumentException poison) {
                poisoned++;
                tellOnce(each, poison);
            }
        }
        if (poisoned + newer > 0) {
            listener.onUnreadable(peer, poisoned, newer);
        }
        return batch.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : listener.onAnnounced(peer, batch).toCompletableFuture();
    }

    private void tellOnce(ConsumerRecord<byte[], byte[]> skipped, IllegalArgumentException cause) {
        if (!hasMetUnreadable) {
            hasMetUnreadable = true;
            LOG.warn(
                    "skipped a record that is no announcement, further ones are only counted peer={} partition={}"
                            + " offset={} cause={}",
                    peer,
                    skipped.partition(),
                    skipped.offset(),
                    cause.getMessage());
        }
    }
}
