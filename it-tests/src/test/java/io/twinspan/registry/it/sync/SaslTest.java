package io.twinspan.registry.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.ops.broker.BrokerListener;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.RecordingListener;
import io.twinspan.registry.sync.announce.TopicFault;
import io.twinspan.registry.sync.kafka.KafkaAnnouncementChannel;
import io.twinspan.registry.sync.kafka.KafkaClusterSettings;
import io.twinspan.registry.sync.kafka.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A cluster that asks who is there. */
@Execution(ExecutionMode.CONCURRENT)
class SaslTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final Changed ANNOUNCEMENT = Announcements.changed(
            EAST, Announcements.order(0, 1, 1), Announcements.entry(DataInfoId.of("com.example.Orders"), 1));

    @TempDir
    Path folder;

    @Test
    void whoHasThePasswordIsLetInAndWhoHasNotWaitsOutside() {
        int port = KafkaFixture.freePort();
        BrokerListener listener = new BrokerListener("ASKING", port, port, Map.of("east", "pear", "west", "plum"));
        try (KafkaFixture kafka = KafkaFixture.embedded(folder, 0, List.of(listener));
                KafkaAnnouncementChannel east = channel(EAST, WEST, port, "pear");
                KafkaAnnouncementChannel west = channel(WEST, EAST, port, "plum");
                KafkaAnnouncementChannel wrong = channel(WEST, EAST, port, "cherry");
                KafkaAnnouncementChannel silent = new KafkaAnnouncementChannel(
                        settings(WEST, EAST, KafkaClusterSettings.open("127.0.0.1:" + port)))) {
            assertThat(kafka.bootstrap()).isNotEqualTo("127.0.0.1:" + port);
            RecordingListener inEast = new RecordingListener();
            RecordingListener inWest = new RecordingListener();
            RecordingListener outside = new RecordingListener();
            RecordingListener unknown = new RecordingListener();
            east.start(inEast);
            west.start(inWest);
            wrong.start(outside);
            silent.start(unknown);

            await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.reading).endsWith(true));
            assertThat(east.offer(ANNOUNCEMENT)).isTrue();
            await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.changed).containsExactly(ANNOUNCEMENT));
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(outside.reading).containsExactly(false));
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(outside.writing).containsExactly(false));
            await().atMost(BOUND)
                    .untilAsserted(() -> assertThat(unknown.reading).containsExactly(false));
            await("the reason, for the peer's topic")
                    .atMost(BOUND)
                    .untilAsserted(
                            () -> assertThat(outside.refusals).isNotEmpty().allMatch(why -> why.contains(EAST.name())));
            await("the reason, for the topics of one's own")
                    .atMost(BOUND)
                    .untilAsserted(() -> assertThat(outside.topicFaults.stream()
                                    .flatMap(List::stream)
                                    .map(TopicFault::setting))
                            .isNotEmpty()
                            .containsOnly("access"));
            assertThat(outside.changed).isEmpty();
            assertThat(unknown.changed).isEmpty();
        }
    }

    private static KafkaAnnouncementChannel channel(DatacenterId own, DatacenterId peer, int port, String password) {
        KafkaClusterSettings cluster = new KafkaClusterSettings(
                "127.0.0.1:" + port,
                Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + own
                                + "\" password=\"" + password + "\";"));
        assertThat(cluster.toString()).doesNotContain(password);
        return new KafkaAnnouncementChannel(settings(own, peer, cluster));
    }

    private static KafkaSettings settings(DatacenterId own, DatacenterId peer, KafkaClusterSettings cluster) {
        return SyncKafka.settings(cluster, own, Map.of(peer, cluster));
    }
}
