package io.twinspan.registry.it.sync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.sync.announce.Announcement;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementListener;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.RecordingListener;
import io.twinspan.registry.sync.announce.Sender;
import io.twinspan.registry.sync.announce.TopicFault;
import io.twinspan.registry.sync.kafka.KafkaAnnouncementChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a channel makes of its topics, and of topics that somebody else made, spoilt or deleted. The broker makes topics by itself, as
 * soon as any client asks for one.
 */
@Execution(ExecutionMode.CONCURRENT)
class TopicsTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final String ANNOUNCE = "twinspan.announce.";
    private static final String PULL = "twinspan.pull.";
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");

    /** More than questions need, and fewer than announcements. */
    private static final int BROKERS_OWN = 3;

    @TempDir
    static Path folder;

    private static KafkaFixture kafka;
    private static Admin admin;
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final List<AnnouncementChannel> channels = new ArrayList<>();
    private DatacenterId east;
    private DatacenterId west;

    @BeforeAll
    static void startBroker() {
        kafka = KafkaFixture.makingTopics(folder, BROKERS_OWN);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        kafka.close();
    }

    /** Names of its own for each test: a topic that was deleted is not gone at once. */
    @BeforeEach
    void nameDatacenters() {
        int test = TESTS.incrementAndGet();
        east = new DatacenterId("east" + test);
        west = new DatacenterId("west" + test);
    }

    @AfterEach
    void closeChannels() {
        channels.forEach(AnnouncementChannel::close);
    }

    @Test
    void ownTopicsAreMadeAsTheyMustBeAndThePeersAreNot() throws Exception {
        start(east, Set.of(west), new RecordingListener());

        await().atMost(BOUND).untilAsserted(() -> assertThat(topics()).contains(ANNOUNCE + east, PULL + east));
        assertThat(partitions(ANNOUNCE + east)).isEqualTo(8);
        assertThat(partitions(PULL + east)).isEqualTo(1);
        for (String topic : List.of(ANNOUNCE + east, PULL + east)) {
            assertThat(config(topic))
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "3600000")
                    .containsEntry("max.message.bytes", "1048588")
                    .containsEntry("message.timestamp.type", "LogAppendTime");
        }
        assertThat(topics()).doesNotContain(ANNOUNCE + west, PULL + west);
    }

    @Test
    void aWrongTopicIsRefusedByNameAndTakenAsSoonAsItIsMended() throws Exception {
        String topic = ANNOUNCE + east;
        get(admin.createTopics(List.of(new NewTopic(topic, Optional.of(8), Optional.empty())
                        .configs(Map.of("cleanup.policy", "compact", "retention.ms", "-1"))))
                .all());
        RecordingListener inEast = new RecordingListener();
        RecordingListener inWest = new RecordingListener();
        AnnouncementChannel announcing = start(east, Set.of(), inEast);
        start(west, Set.of(east), inWest);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.inDoubt).isNotEmpty());
        assertThat(announcing.offer(announcement(1))).isTrue();

        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.topicFaults).hasSize(1));
        assertThat(inEast.topicFaults.get(0))
                .extracting(TopicFault::sentence)
                .satisfiesExactlyInAnyOrder(
                        fault -> assertThat(fault)
                                .contains(topic + " has cleanup.policy=compact and must have delete")
                                .contains("--add-config cleanup.policy=delete"),
                        fault -> assertThat(fault).contains("retention.ms=-1 and must have 3600000"));
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).endsWith(false));
        assertThat(inWest.changed).isEmpty();

        alter(topic, "cleanup.policy", "delete");
        alter(topic, "retention.ms", "3600000");

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inEast.topicFaults).last().isEqualTo(List.of()));
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).containsExactly(announcement(1)));
        assertThat(inEast.writing).endsWith(true);
    }

    @Test
    void aTopicThatIsSpoiltLaterIsNoticedToo() throws Exception {
        RecordingListener inEast = new RecordingListener();
        AnnouncementChannel announcing = start(east, Set.of(), inEast);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).endsWith(true));

        alter(ANNOUNCE + east, "max.message.bytes", "1000");

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inEast.topicFaults)
                        .singleElement()
                        .satisfies(faults -> assertThat(faults)
                                .singleElement()
                                .extracting(TopicFault::setting)
                                .isEqualTo("max.message.bytes")));
        assertThat(announcing.offer(announcement(1))).isTrue();
        assertThat(inEast.unsent).isEmpty();
    }

    @Test
    void whatIsSentInVainIsNotWrittenHoweverWellTheBrokerIsConnected() {
        RecordingListener inEast = new RecordingListener();
        AnnouncementChannel announcing = start(east, Set.of(), inEast);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).containsExactly(true));
        Changed large = new Changed(
                Announcements.sender(east),
                SlotId.of(ID),
                Announcements.order(0, 1, 1),
                Collections.nCopies(100_000, Announcements.entry(ID, 1)));
        assertThat(announcing.offer(large)).isTrue();

        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.unsent).containsExactly(large));
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).containsExactly(true, false));

        assertThat(announcing.offer(announcement(2))).isTrue();
        await().atMost(BOUND).untilAsserted(() -> assertThat(inEast.writing).containsExactly(true, false, true));
        assertThat(inEast.topicFaults).isEmpty();
    }

    @Test
    void aTopicThatIsDeletedIsMadeAnewAndReadOn() throws Exception {
        RecordingListener inEast = new RecordingListener();
        RecordingListener inWest = new RecordingListener();
        AnnouncementChannel announcing = start(east, Set.of(), inEast);
        start(west, Set.of(east), inWest);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.inDoubt).hasSize(1));
        assertThat(announcing.offer(announcement(1))).isTrue();
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).hasSize(1));

        get(admin.deleteTopics(List.of(ANNOUNCE + east)).all());

        await("the reader tells that it may have missed something")
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.inDoubt).hasSizeGreaterThan(1));
        await("the broker's own is mended, whoever was first")
                .atMost(BOUND)
                .until(() -> partitions(ANNOUNCE + east) == 8);
        long[] sequence = {1};
        await("announcements arrive again")
                .atMost(BOUND)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    announcing.offer(announcement(++sequence[0]));
                    return inWest.changed.size() > 1;
                });
        assertThat(inEast.topicFaults).isEmpty();
    }

    @Test
    void aTopicThatTheBrokerMadeByItselfIsMendedAndAllOfItIsRead() throws Exception {
        String topic = ANNOUNCE + east;
        letBrokerMake(topic);
        RecordingListener inEast = new RecordingListener();
        RecordingListener inWest = new RecordingListener();
        start(west, Set.of(east), inWest);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.inDoubt).hasSize(1));
        assertThat(partitions(topic)).isEqualTo(BROKERS_OWN);

        AnnouncementChannel announcing = start(east, Set.of(), inEast);

        await().atMost(BOUND).until(() -> partitions(topic) == 8);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(config(topic))
                        .containsEntry("retention.ms", "3600000")
                        .containsEntry("message.timestamp.type", "LogAppendTime"));
        await("the reader tells that it may have missed something")
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.inDoubt).hasSizeGreaterThan(1));
        List<Announcement> ofManyNodes = new ArrayList<>();
        for (int node = 1; node <= 16; node++) {
            ofManyNodes.add(new Changed(
                    new Sender(
                            east,
                            new NodeId("east-" + node),
                            Announcements.sender(east).sentAt()),
                    SlotId.of(ID),
                    Announcements.order(0, 1, node),
                    List.of(Announcements.entry(ID, node))));
        }
        ofManyNodes.forEach(each -> assertThat(announcing.offer(each)).isTrue());
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.changed).containsExactlyInAnyOrderElementsOf(ofManyNodes));
        assertThat(inEast.topicFaults).isEmpty();
    }

    @Test
    void whatIsNotTheBrokersOwnOrHasTooManyPartitionsIsRefusedAndLeftAsItIs() throws Exception {
        letBrokerMake(PULL + east);
        get(admin.createTopics(List.of(new NewTopic(ANNOUNCE + east, Optional.of(2), Optional.empty())))
                .all());
        RecordingListener inEast = new RecordingListener();

        start(east, Set.of(), inEast);

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inEast.topicFaults.stream()
                                .flatMap(List::stream)
                                .map(TopicFault::sentence))
                        .anySatisfy(fault -> assertThat(fault)
                                .contains(PULL + east + " has partitions=3 and must have 1", "delete the topic"))
                        .anySatisfy(fault -> assertThat(fault)
                                .contains(ANNOUNCE + east + " has partitions=2 and must have 8", "delete the topic")));
        assertThat(partitions(PULL + east)).isEqualTo(BROKERS_OWN);
        assertThat(partitions(ANNOUNCE + east)).isEqualTo(2);
    }

    @Test
    void whoFindsThatWhatItHasNotReadWasTruncatedTellsAndReadsOn() throws Exception {
        SlowListener inWest = new SlowListener();
        AnnouncementChannel announcing = start(east, Set.of(), new RecordingListener());
        start(west, Set.of(east), inWest.listener());
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.told.inDoubt).hasSize(1));
        assertThat(announcing.offer(announcement(1))).isTrue();
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.told.changed).hasSize(1));
        for (int i = 2; i <= 40; i++) {
            int sequence = i;
            await().atMost(BOUND).until(() -> announcing.offer(announcement(sequence)));
            await().atMost(BOUND).until(() -> written(ANNOUNCE + east) >= sequence);
        }

        truncate(ANNOUNCE + east);
        inWest.goOn();

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.told.inDoubt).hasSize(2));
        assertThat(announcing.offer(announcement(41))).isTrue();
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(inWest.told.changed).endsWith(announcement(41)));
    }

    private AnnouncementChannel start(DatacenterId own, Set<DatacenterId> peers, AnnouncementListener listener) {
        AnnouncementChannel channel = new KafkaAnnouncementChannel(SyncKafka.settings(kafka.bootstrap(), own, peers));
        channels.add(channel);
        channel.start(listener);
        return channel;
    }

    private Announcement announcement(long sequence) {
        return Announcements.changed(east, Announcements.order(0, 1, sequence), Announcements.entry(ID, sequence));
    }

    /** As any client does that asks for a topic which is not there. */
    private static void letBrokerMake(String topic) {
        try (KafkaProducer<byte[], byte[]> any = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(any.partitionsFor(topic)).hasSize(BROKERS_OWN);
        }
    }

    private static Set<String> topics() throws Exception {
        return get(admin.listTopics().names());
    }

    private static int partitions(String topic) throws Exception {
        return requireNonNull(get(admin.describeTopics(List.of(topic)).allTopicNames())
                        .get(topic))
                .partitions()
                .size();
    }

    private static Map<String, String> config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> found = new HashMap<>();
        for (Config config : get(admin.describeConfigs(List.of(resource)).all()).values()) {
            config.entries().forEach(entry -> found.put(entry.name(), entry.value()));
        }
        return found;
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        get(admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all());
    }

    private static long written(String topic) throws Exception {
        return TopicEnds.of(admin, topic).values().stream()
                .mapToLong(end -> end)
                .sum();
    }

    private static void truncate(String topic) throws Exception {
        TopicEnds.truncate(admin, topic);
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
