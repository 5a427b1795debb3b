package io.twinspan.registry.sync.kafka;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Pull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements over Kafka: the own topic and the own questions in the own cluster, each peer's in that peer's. A broker that is not
 * there, at the start or later, is tried again until it is.
 */
public final class KafkaAnnouncementChannel implements AnnouncementChannel {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAnnouncementChannel.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    /** Most questions to one peer that wait to be sent; whoever finds no room asks again. */
    private static final int PULL_QUEUE = 64;

    /** Announcements do not wait for a topic to be asked for again. */
    private static final Duration ANNOUNCING_IDLE = Duration.ofHours(24);

    /** Questions are rare, and the topic is another's to make: the shortest that Kafka takes. */
    private static final Duration ASKING_IDLE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Map<KafkaClusterSettings, TopicKeeper> keepers = new ConcurrentHashMap<>();
    private final Map<DatacenterId, TopicWriter<Pull>> asking = new ConcurrentHashMap<>();
    private volatile @Nullable TopicWriter<Announcement> writer;

    /** Connects to nothing before {@link #start}. */
    public KafkaAnnouncementChannel(KafkaSettings settings) {
        this.settings = settings;
    }

    @Override
    public void start(AnnouncementListener listener) {
        TopicKeeper ownKeeper = keeper(settings.ownCluster(), listener);
        settings.peerClusters().values().forEach(cluster -> keeper(cluster, listener));
        String own = KafkaSettings.topicOf(settings.own());
        TopicWriter<Announcement> announcing = new TopicWriter<>(
                new TopicWriter.Target<>(
                        own, ownKeeper, settings.queue(), ANNOUNCING_IDLE, each -> AnnouncementCodec.encode(own, each)),
                new AnnouncementTeller(listener),
                settings,
                closed);
        writer = announcing;
        settings.peerClusters()
                .forEach((peer, cluster) -> asking.put(peer, askingWriter(peer, keeper(cluster, listener))));
        run("sync-write", announcing);
        asking.forEach((peer, each) -> run("sync-ask-" + peer, each));
        settings.peerClusters()
                .forEach((peer, cluster) -> run(
                        "sync-read-" + peer,
                        new TopicReader(
                                KafkaSettings.topicOf(peer),
                                keeper(cluster, listener),
                                new AnnouncementTaker(peer, listener),
                                settings,
                                closed)));
        run(
                "sync-asked",
                new TopicReader(
                        KafkaSettings.pullTopicOf(settings.own()),
                        ownKeeper,
                        new PullTaker(listener),
                        settings,
                        closed));
        int number = 1;
        for (TopicKeeper each : keepers.values()) {
            run("sync-topics-" + number++, each);
        }
    }

    /** @throws IllegalStateException before {@link #start} */
    @Override
    public boolean offer(Announcement announcement) {
        TopicWriter<Announcement> started = writer;
        if (started == null) {
            throw new IllegalStateException("the channel has not been started");
        }
        return started.offer(announcement);
    }

    @Override
    public boolean ask(Pull pull) {
        TopicWriter<Pull> to = asking.get(pull.asked());
        return to != null && to.offer(pull);
    }

    @Override
    public void close() {
        closed.countDown();
        keepers.values().forEach(TopicKeeper::wake);
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

    /** One for each cluster, however many datacenters share it. */
    private TopicKeeper keeper(KafkaClusterSettings cluster, AnnouncementListener listener) {
        return keepers.computeIfAbsent(
                cluster,
                added -> new TopicKeeper(
                        cluster,
                        cluster.equals(settings.ownCluster()) ? settings.ownTopics() : List.of(),
                        settings.peerTopicsIn(cluster),
                        settings,
                        listener::onTopic,
                        () -> closed.getCount() == 0));
    }

    private TopicWriter<Pull> askingWriter(DatacenterId peer, TopicKeeper keeper) {
        String topic = KafkaSettings.pullTopicOf(peer);
        return new TopicWriter<>(
                new TopicWriter.Target<>(
                        topic, keeper, PULL_QUEUE, ASKING_IDLE, each -> AnnouncementCodec.encode(topic, each)),
                new PullTeller(peer),
                settings,
                closed);
    }

    private void run(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private record AnnouncementTeller(AnnouncementListener listener) implements TopicWriter.Teller<Announcement> {
        @Override
        public void onUp(boolean isUp) {
            listener.onWriting(isUp);
        }

        @Override
        public void onUnsent(Announcement unsent) {
            listener.onUnsent(unsent);
        }

        @Override
        public void onRoom() {
            listener.onRoom();
        }
    }

    /** A question that is lost is asked again by whoever gets no answer. */
    private record PullTeller(DatacenterId peer) implements TopicWriter.Teller<Pull> {
        @Override
        public void onUp(boolean isUp) {
            LOG.debug("questions can be written peer={} isUp={}", peer, isUp);
        }

        @Override
        public void onUnsent(Pull unsent) {
            LOG.debug("a question was not sent peer={}", peer);
        }

        @Override
        public void onRoom() {
            LOG.debug("there is room for questions again peer={}", peer);
        }
    }
}
