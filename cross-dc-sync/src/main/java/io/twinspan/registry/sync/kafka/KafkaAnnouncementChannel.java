package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Changed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Announcements over Kafka. A broker that is not there, at the start or later, is tried again until it is. */
public final class KafkaAnnouncementChannel implements AnnouncementChannel {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable TopicWriter writer;

    /** Connects to nothing before {@link #start}. */
    public KafkaAnnouncementChannel(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public void start(AnnouncementListener listener) {
        TopicWriter newWriter = new TopicWriter(settings, listener, closed);
        writer = newWriter;
        run("sync-write", newWriter);
        for (DatacenterId peer : settings.peerBootstraps().keySet()) {
            run("sync-read-" + peer, new TopicReader(peer, settings, listener, closed));
        }
    }

    /** @throws IllegalStateException before {@link #start} */
    @Override
    public boolean offer(Changed announcement) {
        TopicWriter started = writer;
        if (started == null) {
            throw new IllegalStateException("the channel has not been started");
        }
        return started.offer(announcement);
    }

    @Override
    public void close() {
        closed.countDown();
        long deadline = System.nanoTime() + CLOSE_WAIT.toNanos();
        try {
            for (Thread thread : threads) {
                TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        threads.forEach(Thread::interrupt);
    }

    private void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }
}
