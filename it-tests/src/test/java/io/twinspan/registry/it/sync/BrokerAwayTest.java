package io.twinspan.registry.it.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.it.fixture.KafkaFixture;
import io.twinspan.registry.sync.announce.Announcements;
import io.twinspan.registry.sync.announce.Changed;
import io.twinspan.registry.sync.announce.RecordingListener;
import io.twinspan.registry.sync.kafka.KafkaAnnouncementChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class BrokerAwayTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final DatacenterId WEST = new DatacenterId("west");
    private static final DataInfoId ID = DataInfoId.of("com.example.Orders");

    @TempDir
    Path folder;

    @Test
    void aBrokerThatComesLateAndGoesAndComesBackBlocksNobodyAndIsReadOn() {
        int port = KafkaFixture.freePort();
        String bootstrap = "127.0.0.1:" + port;
        RecordingListener inEast = new RecordingListener();
        RecordingListener inWest = new RecordingListener();
        try (KafkaAnnouncementChannel east =
                        new KafkaAnnouncementChannel(SyncKafka.settings(bootstrap, EAST, Set.of()));
                KafkaAnnouncementChannel west =
                        new KafkaAnnouncementChannel(SyncKafka.settings(bootstrap, WEST, Set.of(EAST)))) {
            east.start(inEast);
            west.start(inWest);
            int taken = offerUntilFull(east);
            assertThat(taken).isBetween(1, 100);

            try (KafkaFixture late = KafkaFixture.embedded(folder, port)) {
                assertThat(late.bootstrap()).isEqualTo(bootstrap);
                // What was said before west began to read it is told to have missed, and would ask for.
                await().atMost(BOUND)
                        .untilAsserted(() -> assertThat(inWest.inDoubt).isNotEmpty());
                await().atMost(BOUND)
                        .untilAsserted(() -> assertThat(inEast.room.get()).isPositive());
                assertThat(inEast.writing).endsWith(true);
                assertThat(inWest.reading).endsWith(true);
            }
            await().atMost(BOUND).untilAsserted(() -> assertThat(inWest.reading).endsWith(true, false));
            assertThat(east.offer(announcement(taken + 1))).isTrue();

            try (KafkaFixture again = KafkaFixture.embedded(folder, port)) {
                assertThat(again.bootstrap()).isEqualTo(bootstrap);
                await().atMost(BOUND)
                        .untilAsserted(() -> assertThat(inWest.changed).contains(announcement(taken + 1)));
                await().atMost(BOUND)
                        .untilAsserted(() -> assertThat(inWest.reading).endsWith(true, false, true));
                await().atMost(BOUND)
                        .untilAsserted(() -> assertThat(inEast.writing).endsWith(true, false, true));
            }
        }
        assertThat(inEast.unsent).isEmpty();
    }

    private static int offerUntilFull(KafkaAnnouncementChannel channel) {
        int taken = 0;
        while (channel.offer(announcement(taken + 1))) {
            taken++;
        }
        return taken;
    }

    private static Changed announcement(long sequence) {
        return Announcements.changed(EAST, Announcements.order(0, 1, sequence), Announcements.entry(ID, sequence));
    }
}
