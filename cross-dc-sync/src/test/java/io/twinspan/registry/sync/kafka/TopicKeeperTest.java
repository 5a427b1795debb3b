package io.twinspan.registry.sync.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.sync.announce.TopicFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicKeeperTest {
    private static final TopicSettings TOPICS = new TopicSettings(8, 0, Duration.ofHours(1), Duration.ofSeconds(10));
    private static final KafkaClusterSettings CLUSTER = KafkaClusterSettings.open("127.0.0.1:9");

    @Test
    void aTopicThatMayNotBeWrittenIsToldOnceAndThatItMayAgain() {
        List<List<TopicFault>> told = new ArrayList<>();
        TopicKeeper keeper = new TopicKeeper(
                CLUSTER,
                List.of(new TopicShape("own", 8, TOPICS)),
                Set.of("of-a-peer"),
                new KafkaSettings(
                        new DatacenterId("east"),
                        CLUSTER,
                        Map.of(),
                        TOPICS,
                        64,
                        Duration.ofMillis(50),
                        Duration.ofMillis(500)),
                (topic, faults) -> told.add(faults),
                () -> true);

        keeper.onWriteRefused("own", "");
        keeper.onWriteRefused("of-a-peer", "not authorized");
        assertThat(told).isEmpty();

        keeper.onWriteRefused("own", "not authorized");
        keeper.onWriteRefused("own", "not authorized");
        assertThat(told)
                .singleElement()
                .satisfies(faults -> assertThat(faults)
                        .singleElement()
                        .extracting(TopicFault::sentence)
                        .asString()
                        .contains("topic own has access=refused (not authorized)", "127.0.0.1:9"));

        keeper.onWriteRefused("own", "");
        assertThat(told).hasSize(2).last().isEqualTo(List.of());
    }
}
