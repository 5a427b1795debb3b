package io.twinspan.registry.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.sync.announce.AnnouncementChannel;
import io.twinspan.registry.sync.announce.AnnouncementChannelContract;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.RecordingListener;
import io.twinspan.registry.sync.kafka.KafkaAnnouncementChannel;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaAnnouncementChannelTest implements AnnouncementChannelContract {
    private static KafkaFixture kafka;

    private final List<AnnouncementChannel> channels = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        kafka = KafkaFixture.start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @BeforeEach
    void beginWithoutTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            Set<String> topics = admin.listTopics().names().get(20, TimeUnit.SECONDS);
            admin.deleteTopics(topics).all().get(20, TimeUnit.SECONDS);
            await().atMost(BOUND)
                    .until(() ->
                            admin.listTopics().names().get(20, TimeUnit.SECONDS).isEmpty());
        }
    }

    @AfterEach
    void closeChannels() {
        channels.forEach(AnnouncementChannel::close);
    }

    @Override
    public AnnouncementChannel channel(DatacenterId own, Set<DatacenterId> peers) {
        AnnouncementChannel channel = new KafkaAnnouncementChannel(SyncKafka.settings(kafka.bootstrap(), own, peers));
        channels.add(channel);
        return channel;
    }

    @Test
    void poisonedRecordsAreCountedAndSkipped() throws Exception {
        RecordingListener inWest = new RecordingListener();
        AnnouncementChannel east = channel(EAST, Set.of());
        east.start(new RecordingListener());
        channel(WEST, Set.of(EAST)).start(inWest);
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.inDoubt).containsExactly(EAST));
        assertThat(east.offer(announcement(1))).isTrue();
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).hasSize(1));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String poison : List.of("", "no announcement", "\u0000\u0001")) {
                producer.send(new ProducerRecord<>(
                                KafkaSettings.topicOf(EAST), poison.getBytes(StandardCharsets.UTF_8)))
                        .get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(east.offer(announcement(2))).isTrue();
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).hasSize(2));
        await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.unreadable).hasValue(3));
    }

    private static Changed announcement(long sequence) {
        return Announcements.changed(EAST, Announcements.order(0, 1, sequence), Announcements.entry(ID, sequence));
    }
}
